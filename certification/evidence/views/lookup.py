"""Finding what the person may see; what is not theirs is 404."""

from __future__ import annotations

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from accounts.people import person
from certification.evidence.models import Document, Revision
from employers.models import Employer


def own_employer(request: HttpRequest, pk: int) -> Employer:
    return get_object_or_404(Employer.objects.visible_to(person(request)), pk=pk)


def own_document(request: HttpRequest, pk: int) -> Document:
    visible = Document.objects.visible_to(person(request)).select_related("employer")
    return get_object_or_404(visible.prefetch_related("revisions__created_by", "revisions__derived"), pk=pk)


def own_revision(request: HttpRequest, pk: int, number: int) -> Revision:
    visible = Document.objects.visible_to(person(request))
    revisions = Revision.objects.select_related("document__employer")
    return get_object_or_404(revisions, document__in=visible, document_id=pk, number=number)
