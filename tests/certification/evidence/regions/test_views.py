"""The page on which the employer marks by hand what a copy must cover."""

import pytest
from django.urls import reverse
from django.utils import timezone

from certification.evidence import actions
from certification.evidence.models import Revision
from certification.evidence.regions.models import Region
from employers.enums import MemberRole
from tests.certification.evidence import files
from tests.certification.evidence.factories import upload
from tests.certification.evidence.test_sightings import CURP
from tests.employers.factories import MembershipFactory

pytestmark = pytest.mark.django_db
TYPED = {"page": "2", "left": "10", "top": "20.5", "width": "30", "height": "4.25"}


@pytest.fixture
def member():
    return MembershipFactory()


@pytest.fixture
def document(member):
    content = files.pdf_saying(f"Hola {CURP}", "Adiós")
    return actions.add_document(
        member.employer, upload("dos.pdf", content), actor=member.user, at=timezone.now()
    ).document


@pytest.fixture
def url(document):
    return reverse("document_regions", args=[document.pk, 1])


def test_marked_shown_covered_and_sealed(client, member, document, url):
    client.force_login(member.user)
    answer = client.post(url, TYPED)
    assert answer.url == f"{url}?pag=2#marcas"
    page = client.get(answer.url).text
    assert '<rect x="10%" y="20.5%" width="30%" height="4.25%"/>' in page
    assert "<rect" not in client.get(url).text  # of page 1
    for words in ("1 marca", "a 10 % de la izquierda y 20.5 % de arriba", "1 CURP en la página 1"):
        assert words in page
    page = client.post(reverse("revision_mask", args=[document.pk, 1]), follow=True).text
    assert "Los datos personales están tapados" in page
    assert url in page  # to cover more
    assert Revision.objects.first().covered == [[2, 1_000, 2_050, 3_000, 425]]
    assert "La copia ya tapa todo esto" in client.get(url).text
    onward = client.get(reverse("document_regions", args=[document.pk, 2]))
    assert onward.url == url  # what is marked is of the original


def test_twice_is_once_and_taken_away(client, member, url):
    client.force_login(member.user)
    for _time in range(2):
        client.post(url, TYPED)
    region = Region.objects.get()
    remove = reverse("region_remove", args=[region.pk])
    assert remove in client.get(url).text
    assert client.post(remove).url == f"{url}?pag=2#marcas"
    assert client.post(remove).status_code == 404
    assert "Todavía no marcas nada." in client.get(url).text


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"left": "80"}, "se sale de la página"),
        ({"top": "99"}, "se sale de la página"),
        ({"height": "0"}, "0.01"),
        ({"page": "3"}, "no tiene esa página"),
        ({"width": "nada"}, "número"),
    ],
)
def test_wrong_places_are_told(client, member, url, said, words):
    client.force_login(member.user)
    answer = client.post(url, {**TYPED, **said})
    assert answer.status_code == 422
    assert words in answer.text
    assert not Region.objects.exists()


def test_page_without_a_preview_has_its_form(client, member, document, url, settings):
    client.force_login(member.user)
    Revision.objects.update(file="evidence/0/lost")
    page = client.get(url).text
    assert "no tiene vista previa" in page
    assert "Añadir la marca" in page


def test_other_files_say_what_to_do(client, member):
    client.force_login(member.user)
    said = {"actor": member.user, "at": timezone.now()}
    document = actions.add_document(member.employer, upload("lista.docx", files.docx()), **said).document
    page = client.get(reverse("document_regions", args=[document.pk, 1]), follow=True).text
    assert "Imprímelo a un PDF" in page
    assert "Tapar partes a mano" not in page


def test_pages_of_a_document_lead_there(client, member, document, url):
    client.force_login(member.user)
    page = client.get(reverse("document_detail", args=[document.pk])).text
    assert page.count(url) == 2  # where the data are told, and beside the preview


def test_who_may_not(client, member, document, url):
    region = Region.objects.create(
        revision=document.newest,
        page=1,
        left=0,
        top=0,
        width=1,
        height=1,
        created_at=timezone.now(),
        created_by=member.user,
    )
    remove = reverse("region_remove", args=[region.pk])
    for address in (url, remove):
        assert client.post(address).url.startswith(reverse("account_login"))
    client.force_login(MembershipFactory().user)
    assert [client.get(url).status_code, client.post(url, TYPED).status_code, client.post(remove).status_code] == [
        404
    ] * 3
    client.force_login(MembershipFactory(employer=member.employer, role=MemberRole.READER).user)
    assert [client.get(url).status_code, client.post(url, TYPED).status_code, client.post(remove).status_code] == [
        403
    ] * 3
    assert url not in client.get(reverse("document_detail", args=[document.pk])).text
    client.force_login(member.user)
    assert client.get(remove).status_code == 405
    assert Region.objects.get() == region
