"""Employers read their own files inside a page, in parts, with or without JavaScript."""

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone

from certification.evidence import actions
from certification.evidence.enums import RevisionState
from certification.evidence.viewer.finding import MOST_HITS
from certification.evidence.viewer.shown import LINES
from tests.accounts.factories import UserFactory
from tests.certification.evidence import files
from tests.certification.evidence.factories import DocumentFactory, RevisionFactory, upload
from tests.employers.factories import MembershipFactory

pytestmark = pytest.mark.django_db
LONG = files.pdf(45)


@pytest.fixture
def member():
    return MembershipFactory()


@pytest.fixture
def add(member):
    def add(name, content):
        revision = actions.add_document(member.employer, upload(name, content), actor=member.user, at=timezone.now())
        return reverse("document_view", args=[revision.document_id, revision.number])

    return add


@pytest.fixture
def look(client, member):
    client.force_login(member.user)
    return lambda url, **query: client.get(url, query)


def pages(response):
    return [page.number for page in response.context["view"].pages]


def test_pages_keep_their_place_and_come_when_they_are_near(look, add):
    url = add("acta.pdf", LONG)
    response = look(url)
    html = response.content.decode()
    assert pages(response) == list(range(1, 21))
    assert html.count('loading="lazy" decoding="async" width="661" height="441"') == 20
    assert f'href="{url.removesuffix("ver/")}paginas/1/?tamano=grande"' in html


def test_a_long_document_is_shown_in_parts(look, add):
    url = add("acta.pdf", LONG)
    assert pages(look(url, pag="23")) == list(range(21, 41))
    assert pages(look(url, pag="900")) == list(range(41, 46))
    assert pages(look(url, pag="x", zoom="7"))[0] == 1
    assert look(url, ir="37", zoom="150").url == f"{url}?zoom=150&pag=37#p37"


def test_size_works_by_links_alone(look, add):
    html = look(add("acta.pdf", files.pdf(2)), zoom="200").content.decode()
    assert 'data-zoom="200"' in html
    assert html.count('/?tamano=grande" data-large') == 2
    assert '?zoom=150&amp;pag=1#p1" data-zoom-to="150"' in html


def test_words_are_found_page_by_page(look, add):
    content = files.pdf_saying("La política", "Otra cosa", "Sus políticas")
    url = add("acta.pdf", content)
    html = look(url, q="POLITICA").content.decode()
    assert "«POLITICA» está en 2 lugares" in html
    assert 'href="?q=POLITICA&amp;pag=3#p3">Página 3</a> <span>Sus <mark>políticas</mark>' in html
    assert "«salario» no está en el documento" in look(url, q="salario").content.decode()


@pytest.mark.parametrize(
    ("parts", "said"), [(MOST_HITS, "está en 50 lugares"), (MOST_HITS + 1, "está en más de 50 lugares")]
)
def test_more_places_than_are_shown_are_said_to_be_more(look, add, parts, said):
    html = look(add("nota.txt", ("salario\n" * LINES * parts).encode()), q="salario").content.decode()
    assert f"«salario» {said}" in html
    assert html.partition('viewer-hits">')[2].partition("</ol>")[0].count("<li>") == MOST_HITS
    assert ("Son las primeras 50" in html) == (parts > MOST_HITS)


def test_text_that_was_not_read_yet_is_said(look, add, member):
    document = DocumentFactory(employer=member.employer)
    RevisionFactory(document=document, file=default_storage.save("evidence/1/x", ContentFile(files.pdf())))
    html = look(reverse("document_view", args=[document.pk, 1]), q="algo").content.decode()
    assert "No pudimos buscar" in html


def test_what_cannot_be_drawn_is_said(look, member):
    document = DocumentFactory(employer=member.employer)
    revision = RevisionFactory(document=document, file=default_storage.save("evidence/1/x", ContentFile(b"%PDF-1.7 x")))
    html = look(reverse("document_view", args=[document.pk, 1])).content.decode()
    assert "Sin vista previa" in html
    assert reverse("document_download", args=[document.pk, 1]) in html
    assert cache.get(f"no-previews/{revision.file}/sizes")


def test_one_page_that_cannot_be_drawn_is_marked(look, add):
    url = add("acta.pdf", files.pdf(3))
    name = default_storage.listdir("previews/evidence")[0][0]
    folder = default_storage.listdir(f"previews/evidence/{name}")[0][0]
    blob = default_storage.listdir(f"previews/evidence/{name}/{folder}")[0][0]
    cache.set(f"no-previews/evidence/{name}/{folder}/{blob}/2", value=True)
    html = look(url).content.decode()
    assert html.count('<img class="sheet"') == 2
    assert '<p class="viewer-missing">Página 2: sin vista previa.' in html


def test_table_is_escaped(look, add):
    html = look(add("datos.csv", b"puesto,sueldo\n<script>x</script>,3\n")).content.decode()
    assert '<th scope="row">2</th><td>&lt;script&gt;x&lt;/script&gt;</td><td>3</td>' in html


def test_video_is_for_downloading(look, add):
    assert "Los videos se ven fuera del portal." in look(add("aviso.mp4", files.mp4())).content.decode()


def test_nobody_else_and_nothing_unchecked(client, member, add):
    url = add("acta.pdf", files.pdf())
    assert client.get(url).url == f"{reverse('account_login')}?next={url}"
    for person in (MembershipFactory(owner=True).user, UserFactory()):
        client.force_login(person)
        assert client.get(url).status_code == 404
    client.force_login(member.user)
    assert client.post(url).status_code == 405
    waiting = RevisionFactory(document__employer=member.employer, state=RevisionState.QUARANTINED, checked_at=None)
    assert client.get(reverse("document_view", args=[waiting.document_id, 1])).status_code == 404


@pytest.mark.parametrize("count", [3, 45])
def test_queries_do_not_grow_with_the_pages(look, add, count, django_assert_max_num_queries):
    url = add("acta.pdf", files.pdf(count))
    look(url)
    with django_assert_max_num_queries(7):
        look(url)
