"""Spanish first; English for who asks for it."""

import pytest
from django.urls import reverse

from tests.fixtures.needs import skip_or_fail

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
