"""The same file once more: it is the one that its employer masked, and no document of its own that shows all."""

import pytest
from django.utils import timezone

from certification.applications.attachments import attach_uploads
from certification.evidence import actions
from certification.evidence.checks import UploadRefused
from certification.evidence.models import Document, Revision
from tests.certification.applications.cases import draft
from tests.certification.evidence import files
from tests.certification.evidence.factories import upload
from tests.certification.evidence.regions.test_actions import copy_of, mark
from tests.certification.review.factories import stored_use_of

pytestmark = pytest.mark.django_db


class Member:
    def __init__(self, user):
        self.user = user


@pytest.fixture
def case():
    return draft()


@pytest.fixture
def photo(case):
    photo = stored_use_of(case.application, "DEI-1.1", name="foto.jpg", content=files.image("JPEG")).revision
    for left in (1_000, 6_000):
        mark(photo, Member(case.editor), left=left)
        copy_of(photo, Member(case.editor))
    return photo


def again():
    return upload("otra vez.jpg", files.image("JPEG"))


def test_uploaded_for_another_criterion_it_is_the_masked_document(case, photo):
    said = {"issued_on": None, "actor": case.editor, "at": timezone.now()}
    (fate,) = attach_uploads(case.application, "DEI-1.2", [again()], **said)
    assert (fate.revision, fate.is_new, Document.objects.count()) == (photo, False, 1)
    first, second = case.application.evidence_uses.order_by("item")
    assert first.revision == second.revision == Revision.objects.get(number=3)


def test_as_the_next_version_it_is_refused(case, photo):
    with pytest.raises(UploadRefused, match="ya está guardado"):
        actions.add_revision(photo.document, again(), actor=case.editor, at=timezone.now())
    assert Revision.objects.count() == 3


def test_behind_a_later_version_it_is_new(case, photo):
    actions.add_revision(photo.document, upload(), actor=case.editor, at=timezone.now())
    assert actions.add_revision(photo.document, again(), actor=case.editor, at=timezone.now()).number == 5
