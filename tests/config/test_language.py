"""Spanish first; English for who asks for it."""

from html.parser import HTMLParser

import pytest
import yaml
from django.urls import reverse

from certification.standards import actions
from certification.standards.reading import parse_yaml
from tests.certification.standards.factories import AT, NMX, publish, text_of
from tests.fixtures.needs import skip_or_fail
from tests.good_practices.factories import PracticeFactory

pytestmark = pytest.mark.django_db


def test_preference_of_the_browser_is_not_asked(client):
    answer = client.get(reverse("help"), headers={"accept-language": "en-US,en;q=0.9"})
    assert answer.headers["Content-Language"] == "es-mx"
    assert '<html lang="es-mx">' in answer.content.decode()


def test_switch_changes_and_comes_back_without_script(client):
    page = reverse("help")
    assert client.post(reverse("set_language"), {"language": "en", "next": page}).url == page
    html = client.get(page).content.decode()
    assert '<html lang="en">' in html
    assert 'value="es-mx"' in html
    client.post(reverse("set_language"), {"language": "es-mx", "next": page})
    assert '<html lang="es-mx">' in client.get(page).content.decode()


def test_switch_does_not_lead_to_another_site(client):
    answer = client.post(reverse("set_language"), {"language": "en", "next": "https://example.org/"})
    assert answer.url == "/"


def test_unknown_language_is_ignored(client):
    client.cookies["django_language"] = "xx"
    assert '<html lang="es-mx">' in client.get(reverse("help")).content.decode()


def test_sentences_of_the_framework_speak_like_the_site(client, base_dir):
    if not (base_dir / "locale/es_MX/LC_MESSAGES/django.mo").exists():
        skip_or_fail("The catalogues are not compiled (apt install gettext; make catalogues)")
    html = client.post(reverse("account_login"), {}).content.decode()
    assert "Falta este dato." in html
    assert "Este campo es obligatorio" not in html


class Languages(HTMLParser):
    """The language in which each text of a page is announced: that of its nearest element with ``lang``."""

    VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "source", "wbr"})

    def __init__(self, html):
        super().__init__()
        self.open, self.found = [""], {}
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        if tag not in self.VOID:
            self.open.append(dict(attrs).get("lang") or self.open[-1])

    def handle_endtag(self, tag):
        self.open.pop()

    def handle_data(self, data):
        self.found.setdefault(" ".join(data.split()), set()).add(self.open[-1])


def announced(client, address):
    client.post(reverse("set_language"), {"language": "en"})
    return Languages(client.get(address).content.decode()).found


def without_english(value):
    """The data of a document whose texts nobody has translated."""
    if isinstance(value, dict):
        return {key: without_english(item) for key, item in value.items() if key != "en"}
    return [without_english(item) for item in value] if isinstance(value, list) else value


def test_texts_of_a_standard_are_in_english_where_it_has_them(client):
    standard = publish(NMX)
    found = announced(client, reverse("standard_detail", args=[standard.slug]))
    document = standard.document
    parts = (*document.criteria, *document.measures, *document.stages, *document.participation_requirements)
    texts = [*(one.en["title"] for one in parts), *(one.en["why"] for one in document.criteria)]
    assert {language for text in texts for language in found[text]} == {"en"}
    assert document.criteria[0].title not in found


def test_texts_of_a_standard_without_english_are_announced_as_spanish(client):
    plain = parse_yaml(yaml.safe_dump(without_english(yaml.safe_load(text_of(NMX)))))
    standard = actions.publish(plain, actor=None, at=AT)[0]
    found = announced(client, reverse("standard_detail", args=[standard.slug]))
    texts = [one.title for one in (*plain.criteria, *plain.measures, *plain.stages)]
    texts += [text for one in plain.criteria for text in (one.guidance, one.why, one.example, one.enough)]
    assert {language for text in texts for language in found[text]} == {"es"}
    assert "es" in found[plain.title]  # the title of the window cannot say its language


def test_texts_of_a_practice_are_announced_as_spanish_in_english_pages(client):
    practice = PracticeFactory(published=True)
    found = announced(client, reverse("practice_detail", args=[practice.slug]))
    for text in (practice.problem, practice.action, practice.cost, practice.result):
        assert found[" ".join(text.split())] == {"es"}
    found = announced(client, reverse("practice_list"))
    assert found[practice.title] == {"es"}
