"""Who deletes a document and who sends its content again, at the same moment: no document is left without its file."""

import time

import pytest
from django.core.files.storage import FileSystemStorage, default_storage
from django.urls import reverse
from django.utils import timezone

from certification.evidence import actions
from certification.evidence.checks import UploadRefused
from certification.evidence.models import Revision
from tests.certification.applications.racing import A_WHILE, Person, just_before
from tests.certification.evidence import files
from tests.certification.evidence.factories import upload
from tests.employers.factories import MembershipFactory

pytestmark = pytest.mark.django_db(transaction=True)
LOCKING = 'FROM "employers_employer" WHERE'


def put(member):
    with pytest.raises(UploadRefused):  # kept, since it can be cleaned
        file = upload("acta.pdf", files.pdf_javascript())
        actions.add_document(member.employer, file, actor=member.user, at=timezone.now())


def test_whoever_found_the_file_before_it_went_writes_it_again(monkeypatch):
    member, really = MembershipFactory(), FileSystemStorage.delete
    put(member)
    document = Revision.objects.get().document
    deleter = Person(member.user, reverse("document_delete", args=[document.pk]), {})

    def slowly(store, name):
        time.sleep(4 * A_WHILE)
        really(store, name)

    monkeypatch.setattr(FileSystemStorage, "delete", slowly)
    with just_before(LOCKING, deleter.start):
        put(member)
    assert "Borraste «acta»." in deleter.read()
    assert [one for one in Revision.objects.all() if not default_storage.exists(one.file)] == []
