"""What acts in a PDF is taken out when the employer asks, and the place out of a photograph; the original stays."""

import datetime as dt
import io

import pikepdf
import pytest
from django.core.files.storage import default_storage
from django.urls import reverse

from accounts.refusals import ActionRefused
from certification.evidence import actions, deriving
from certification.evidence.checks import UploadRefused
from certification.evidence.models import Document, Revision
from certification.evidence.places import tells_place
from certification.evidence.previews import page_picture
from tests.certification.evidence import files
from tests.certification.evidence.factories import upload
from tests.employers.factories import MembershipFactory

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 11, 3, 16, 0, tzinfo=dt.UTC)
ACTING = {
    "javascript": files.pdf_javascript(),
    "launch": files.pdf_launch(),
    "submit": files.pdf_action("SubmitForm"),
    "xfa": files.pdf_xfa(),
    "attachment": files.pdf_attachment(),
}


@pytest.fixture
def member():
    return MembershipFactory()


def refused(member, content, name="acta.pdf"):
    with pytest.raises(UploadRefused) as refusal:
        actions.add_document(member.employer, upload(name, content), actor=member.user, at=AT)
    return refusal.value.kept


def content_of(revision):
    with default_storage.open(revision.file) as file:
        return file.read()


@pytest.mark.parametrize("kind", ACTING)
def test_clean_copy_is_the_next_revision_and_passes(client, member, kind):
    kept = refused(member, ACTING[kind])
    client.force_login(member.user)
    text = client.get(reverse("document_detail", args=[kept.document_id])).text
    assert "Quitar lo que se ejecuta y guardar la copia limpia" in text
    response = client.post(reverse("revision_clean", args=[kept.document_id, 1]), follow=True)
    assert "Guardamos la copia limpia" in response.text
    assert "Quitar lo que se ejecuta" not in response.text
    copy = kept.document.revisions.first()
    assert (copy.number, copy.state, copy.derived_from, copy.derivation) == (2, "clean", kept, "cleaned")
    assert copy.original_name == "acta.pdf"
    assert content_of(kept) == ACTING[kind]


def test_pages_of_the_copy_are_the_same(member):
    document = files.blank(2)
    document.pages[1].Contents = document.make_stream(b"0 0 1 rg 0 0 9 9 re f")
    note = {"Type": pikepdf.Name.Annot, "Rect": [0, 0, 9, 9]}
    film = pikepdf.Dictionary(**note, Subtype=pikepdf.Name("/RichMedia"))
    link = pikepdf.Dictionary(**note, Subtype=pikepdf.Name.Link)
    document.pages[0].Annots = pikepdf.Array([document.make_indirect(film), document.make_indirect(link)])
    kept = refused(member, files.save_pdf(document))
    copy = deriving.save_cleaned(kept, actor=member.user, at=AT)
    with pikepdf.open(io.BytesIO(content_of(copy))) as pdf:
        assert [str(note.Subtype) for note in pdf.pages[0].Annots] == ["/Link"]
        assert pdf.pages[1].Contents.read_bytes() == b"0 0 1 rg 0 0 9 9 re f"


def test_sent_twice_is_one_copy(member):
    kept = refused(member, ACTING["javascript"])
    made = [deriving.save_cleaned(kept, actor=member.user, at=AT) for _time in range(2)]
    assert made[0] == made[1]
    assert Revision.objects.count() == 2


def test_same_refused_file_again_is_the_same_document(member):
    assert refused(member, ACTING["xfa"]) == refused(member, ACTING["xfa"])
    assert Document.objects.count() == 1


def test_what_cannot_be_cleaned_is_not_kept(member):
    assert refused(member, files.pdf_encrypted()) is None
    assert not Document.objects.exists()


def test_clean_file_and_older_version_have_nothing_to_clean(member):
    kept = refused(member, ACTING["launch"])
    newer = actions.add_revision(kept.document, upload("b.pdf", files.pdf(2)), actor=member.user, at=AT)
    for revision in (kept, newer):
        with pytest.raises(ActionRefused, match="Ya no hace falta"):
            deriving.save_cleaned(revision, actor=member.user, at=AT)


@pytest.mark.parametrize("name", ["revision_clean", "revision_without_place"])
def test_who_may(client, member, name):
    kept = refused(member, ACTING["launch"])
    address = reverse(name, args=[kept.document_id, 1])
    assert client.post(address).url.startswith(reverse("account_login"))
    people = {404: MembershipFactory(owner=True).user}
    people[403] = MembershipFactory(employer=member.employer, reader=True).user
    for status, someone in people.items():
        client.force_login(someone)
        assert client.post(address).status_code == status
    client.force_login(member.user)
    assert client.get(address).status_code == 405
    assert Revision.objects.count() == 1


def test_place_is_told_and_taken_out_of_the_original(client, member):
    photo = files.photograph()
    first = actions.add_document(member.employer, upload("f.jpg", photo), actor=member.user, at=AT)
    assert first.has_place
    client.force_login(member.user)
    page = reverse("document_detail", args=[first.document_id])
    assert "Quitar el lugar y guardar la copia" in client.get(page).text
    client.post(reverse("revision_without_place", args=[first.document_id, 1]))
    assert "Quitar el lugar" not in client.get(page).text
    second = first.document.revisions.first()
    assert (second.number, second.derivation, second.has_place, second.state) == (2, "without_place", False, "clean")
    assert content_of(first) == photo


def test_preview_never_tells_the_place(member):
    first = actions.add_document(member.employer, upload("f.jpg", files.photograph()), actor=member.user, at=AT)
    picture = page_picture(first, 1).content
    assert not tells_place(io.BytesIO(picture))
    assert b"Exif" not in picture


@pytest.mark.s3
def test_the_same_in_an_object_store(s3_storage, member):
    copy = deriving.save_cleaned(refused(member, ACTING["attachment"]), actor=member.user, at=AT)
    assert copy.state == "clean"
    assert b"EmbeddedFile" not in content_of(copy)
