"""What a document is found by."""

from __future__ import annotations

from django.db import models

from certification.evidence.models import Document


class DocumentWords(models.Model):
    """The stems of a document, each once, with a space at both ends of the list. Apart, so that no list reads them."""

    document = models.OneToOneField(Document, models.CASCADE, primary_key=True, related_name="words")
    stems = models.TextField(blank=True)

    def __str__(self) -> str:
        return str(self.document_id)
