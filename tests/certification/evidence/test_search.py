"""Documents are found by what is said of them and by the words of their files."""

import pytest
from django.utils import timezone

from certification.evidence import actions
from certification.evidence.models import Document
from certification.evidence.search.index import has_words, index_document
from tests.certification.evidence.factories import upload
from tests.employers.factories import MembershipFactory

pytestmark = pytest.mark.django_db


def found(query):
    return [document.title for document in Document.objects.filter(has_words(query)).order_by("pk")]


@pytest.fixture
def member():
    return MembershipFactory()


def add(member, name, text):
    return actions.add_document(
        member.employer, upload(name, text.encode()), title="Documento sin nombre", actor=member.user, at=timezone.now()
    ).document


@pytest.mark.parametrize("query", ["evaluacion", "EVALUACIONES", "evaluó salarios", "tabulador evaluar", "documento"])
def test_any_form_of_each_word_finds_the_file(member, query):
    add(member, "Tabulador_2026.txt", "Evaluación de puestos y salarios")
    assert found(query) == ["Documento sin nombre"]


def test_all_the_words_are_needed(member):
    add(member, "a.txt", "Evaluación de puestos")
    assert found("evaluación lactancia") == []


def test_what_is_said_later_counts_and_what_was_said_before_does_not(member):
    document = add(member, "a.txt", "Texto")
    said = {"title": "Política de lactancia", "note": "Firmada en Tlaxcala", "signatory": "Rectoría"}
    actions.update_document(document, version=0, actor=member.user, at=timezone.now(), **said)
    assert found("tlaxcala") == found("rectoria") == found("políticas") == ["Política de lactancia"]
    assert found("nombre") == []


def test_signs_and_words_that_say_nothing_are_looked_for_in_titles(member):
    add(member, "a.txt", "Texto")
    Document.objects.update(title="Acta 7/2026 (copia)")
    assert found("(") == ["Acta 7/2026 (copia)"]
    assert found("de la") == []


def test_twice_is_as_once(member):
    document = add(member, "a.txt", "Texto")
    before = document.words.stems
    index_document(document)
    document.words.refresh_from_db()
    assert document.words.stems == before == " document nombr text "


def test_marks_of_patterns_are_letters(member):
    add(member, "a.txt", "Texto")
    assert found("%") == found("_") == []
