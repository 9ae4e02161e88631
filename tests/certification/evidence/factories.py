"""Documents and uploads for tests."""

import factory
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from factory.django import DjangoModelFactory

from certification.evidence.enums import RevisionState
from certification.evidence.models import Document, Revision
from tests.accounts.factories import UserFactory
from tests.certification.evidence import files
from tests.employers.factories import EmployerFactory

PDF = files.pdf()


def upload(name="Tabulador 2026.pdf", content=PDF):
    return SimpleUploadedFile(name, content)


class DocumentFactory(DjangoModelFactory):
    """A document without a revision."""

    class Meta:
        model = Document

    employer = factory.SubFactory(EmployerFactory)
    title = factory.Sequence(lambda n: f"Documento {n}")
    created_at = factory.LazyFunction(timezone.now)
    created_by = factory.SubFactory(UserFactory)


class RevisionFactory(DjangoModelFactory):
    """A revision that was checked, whose blob is not in the store; use ``actions.add_document`` for one that is."""

    class Meta:
        model = Revision

    document = factory.SubFactory(DocumentFactory)
    number = 1
    file = factory.Sequence(lambda n: f"evidence/0/{n}")
    original_name = "Tabulador 2026.pdf"
    sha256 = factory.Sequence(lambda n: f"{n:064x}")
    size = 1_500
    media_type = "application/pdf"
    pages = 1
    state = RevisionState.CLEAN
    checked_at = factory.LazyAttribute(lambda revision: revision.created_at)
    created_at = factory.LazyFunction(timezone.now)
    created_by = factory.SubFactory(UserFactory)
