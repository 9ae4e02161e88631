"""Whoever chooses English reads English: every Spanish text has its entry. `make messages` gathers what is missing."""

import shutil

import pytest
from django.urls import reverse

from tests.fixtures.needs import skip_or_fail
from tests.house.catalogue import ENGLISH, compile_into, entries, faults, gather
from tests.house.tree import read


@pytest.fixture(scope="module")
def catalogue():
    return entries(read(ENGLISH))


@pytest.fixture(scope="module")
def _gettext():
    if not shutil.which("xgettext") or not shutil.which("msgfmt"):
        skip_or_fail("gettext is missing (apt install gettext)")


@pytest.fixture(scope="module")
def gathered(_gettext, tmp_path_factory):
    return {entry.key for entry in gather(tmp_path_factory.mktemp("texts"))}


def test_every_text_has_an_entry(gathered, catalogue):
    missing = sorted(gathered - {entry.key for entry in catalogue})
    assert not missing, f"{len(missing)} texts are not in {ENGLISH}:\n" + "\n".join(key[1] for key in missing)


def test_no_entry_is_left_over(gathered, catalogue):
    assert len(gathered) > 1000
    assert sorted({entry.key for entry in catalogue} - gathered) == []


def test_every_entry_is_whole(catalogue):
    wrong = [fault for entry in catalogue for fault in faults(entry)]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('msgid "Sí"\nmsgstr ""', "Sí: empty"),
        ('#, fuzzy\nmsgid "Sí"\nmsgstr "Yes"', "Sí: fuzzy"),
        (
            'msgid "%(n)s de %(m)s"\nmsgstr "%(n)s of %(total)s"',
            "%(n)s de %(m)s: other placeholders: %(n)s of %(total)s",
        ),
        ('msgid "{n} de"\nmsgstr "{m} of"', "{n} de: other placeholders: {m} of"),
        ('msgid "<b>%(n)s</b>"\nmsgstr "%(n)s"', "<b>%(n)s</b>: other tags: %(n)s"),
        (
            'msgid "Un día"\nmsgid_plural "%d días"\nmsgstr[0] "A day"\nmsgstr[1] "Days"',
            "Un día: other placeholders: Days",
        ),
        ('msgid "Un día"\nmsgid_plural "%d días"\nmsgstr[0] "A day"', "Un día: empty"),
    ],
)
def test_faults_are_found(text, fault):
    (entry,) = entries(text)
    assert faults(entry) == [fault]


def test_long_texts_are_read_whole():
    (entry,) = entries('msgid ""\n"Una"\n" línea\\n"\nmsgstr ""\n"One"\n" line\\n"')
    assert entry.pairs == [("Una línea\n", "One line\n")]


@pytest.mark.django_db
@pytest.mark.usefixtures("_gettext")
@pytest.mark.parametrize(
    ("page", "spanish", "english"),
    [
        ("home", "Verifica un certificado", "Check a certificate"),
        ("certificate_list", "Padrón de centros certificados", "Register of certified workplaces"),
        ("account_login", "Entra a tu cuenta", "Sign in to your account"),
    ],
)
def test_a_page_is_in_the_language_chosen(client, settings, tmp_path, page, spanish, english):
    compile_into(tmp_path)
    settings.LOCALE_PATHS = [tmp_path]
    before = client.get(reverse(page)).content.decode()
    client.post(reverse("set_language"), {"language": "en", "next": reverse(page)})
    after = client.get(reverse(page)).content.decode()
    assert (spanish in before, english in before) == (True, False)
    assert (spanish in after, english in after) == (False, True)
    assert '<html lang="en"' in after
