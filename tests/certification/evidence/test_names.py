"""Names that are meant to do harm: what is kept, shown and sent with the file is harmless."""

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone

from certification.evidence import actions
from certification.evidence.checks import UploadRefused
from tests.certification.evidence import files
from tests.certification.evidence.factories import upload
from tests.employers.factories import MembershipFactory

pytestmark = pytest.mark.django_db
KEPT = {
    "../../etc/passwd.pdf": "passwd.pdf",
    "..\\..\\windows\\acta.pdf": "acta.pdf",
    "..%2F..%2fetc%2Fpasswd.pdf": "passwd.pdf",
    "..%5Cacta.pdf": "acta.pdf",
    "..oculta de nombre largo.pdf": "..oculta de nombre largo.pdf",
    "acta\x00\x07\x1b.pdf": "acta.pdf",
    "acta\r\nSet-Cookie: a=b.pdf": "actaSet-Cookie: a=b.pdf",
    "\u202efdp.atca.pdf": "fdp.atca.pdf",
    "acta\u200b\ufeff.pdf": "acta.pdf",
    "ñ" * 300 + ".pdf": "ñ" * 196 + ".pdf",
    '"><script>alert(1)</script>.pdf': "script>.pdf",
}
REFUSED = ["acta\u202efdp.exe", "acta.pdf\u200b.exe", "..", "/", "a" * 300]


@pytest.fixture
def member():
    return MembershipFactory()


def named(name, content=None):
    """An upload whose name nobody has tidied yet."""
    sent = upload("acta.pdf", content or files.pdf())
    sent._name = name
    return sent


@pytest.mark.parametrize("name", KEPT)
def test_name_is_kept_without_its_harm(client, member, name):
    revision = actions.add_document(member.employer, named(name), actor=member.user, at=timezone.now())
    assert revision.original_name == KEPT[name]
    assert len(revision.document.title) <= 200
    assert revision.sha256 in revision.file
    client.force_login(member.user)
    response = client.get(reverse("document_download", args=[revision.document_id, 1]))
    said = response["Content-Disposition"]
    assert b"".join(response.streaming_content) == files.pdf()
    assert said.startswith("attachment; filename")
    assert not {"\r", "\n", "\u202e"} & set(said)
    page = client.get(reverse("document_detail", args=[revision.document_id])).text
    assert "<script>alert" not in page
    assert "\u202e" not in page


@pytest.mark.parametrize("name", REFUSED)
def test_name_of_another_type_is_refused_and_nothing_is_kept(member, name):
    with pytest.raises(UploadRefused, match="No recibimos archivos de este tipo"):
        actions.add_document(member.employer, named(name), actor=member.user, at=timezone.now())
    assert not default_storage.exists("evidence")


def test_files_without_a_name_are_told_apart(member):
    sent = [named(".pdf", files.pdf(pages)) for pages in (1, 2, 3)]
    fates = actions.add_documents(member.employer, sent, actor=member.user, at=timezone.now())
    assert [fate.revision.document.title for fate in fates] == ["archivo", "archivo 2", "archivo 3"]
    again = actions.add_document(member.employer, named(".pdf", files.pdf(2)), actor=member.user, at=timezone.now())
    assert again.document.title == "archivo 2"
