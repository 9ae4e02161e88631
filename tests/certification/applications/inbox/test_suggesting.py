"""What the words of a document speak for."""

import pytest
from django.utils.translation import override

from certification.applications.inbox.suggesting import Ranking, guess_kind, weights_of
from certification.evidence.analyser import stems
from certification.standards.enums import EvidenceKind
from certification.standards.parts import EvidenceRule
from tests.certification.evidence.factories import DocumentFactory, RevisionFactory
from tests.certification.review.factories import document_of

NMX = "nmx-r-025-scfi-2015"
STANDARDS = (NMX, "distintivo-ei", "distintivo-efr", "distintivo-mexsti")


@pytest.fixture(scope="module")
def ranking():
    return Ranking(document_of(NMX))


def weighed(text):
    return dict.fromkeys(stems(text), 3.0)


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("Tabulador de salarios", "R07"), ("Encuesta de clima laboral", "R05"), ("Sala de lactancia", "R12"),
        ("Lista de asistencia al curso", "R09"), ("POLITICA DE IGUALDAD LABORAL", "R01"),
        ("Factura de luz", None), ("Menú del comedor", None), ("IMG 20260112", None), ("", None),
    ],
)  # fmt: skip
def test_titles_speak_for_a_criterion_or_for_none(ranking, title, code):
    guess = ranking.guess(weighed(title))
    assert (guess and guess.code) == code


@pytest.mark.parametrize("name", STANDARDS)
def test_each_standards_own_lines_of_evidence_find_their_criterion(name):
    document = document_of(name)
    ranking = Ranking(document)
    lines = [(line, part.code) for part in (*document.criteria, *document.measures) for line in part.evidence]
    guesses = [(ranking.guess(weighed(line)), code) for line, code in lines]
    wrong = [code for guess, code in guesses if guess and guess.code != code]
    assert len(wrong) <= len(lines) // 10
    assert sum(guess is None for guess, _code in guesses) <= len(lines) // 2


def test_it_says_because_of_which_words(ranking):
    assert set(ranking.guess(weighed("Tabulador de salarios")).because) == {"tabulador", "salarios"}


def test_it_names_the_criterion_in_the_readers_language(ranking):
    title, criterion = ranking.guess(weighed("Tabulador de salarios")).title, document_of(NMX).criterion("R07")
    with override("en"):
        assert str(title) == criterion.en["title"] != criterion.title
    assert str(title) == criterion.title


@pytest.mark.django_db
def test_a_long_file_about_something_else_speaks_for_nothing(ranking):
    common = " ".join(stems("igualdad laboral personas trabajo"))
    words = " ".join(f"palabra{n}" for n in range(400))
    assert ranking.guess(weights_of(DocumentFactory(title="Anexo"), f" {words} {common} ")) is None
    assert ranking.guess(weights_of(DocumentFactory(title="Tabulador de salarios"), words)).code == "R07"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("title", "found", "media_type", "kind"),
    [
        ("Acta 4 del comité", "", "application/pdf", "minutes"),
        ("Documento", " document encuest clim ", "application/pdf", "survey"),
        ("Documento", "", "image/jpeg", "photograph"),
        ("Documento", "", "application/pdf", None),
    ],
)
def test_the_kind_by_title_then_words_then_type(title, found, media_type, kind):
    document = DocumentFactory(title=title)
    RevisionFactory(document=document, media_type=media_type, original_name="x1.pdf")
    assert guess_kind(document, found) == kind


@pytest.mark.django_db
def test_the_kind_that_the_standard_names_is_the_last_to_be_asked():
    rule = EvidenceRule(title="Bajas por sexo", kinds=(EvidenceKind.FIGURE,))
    part = document_of(NMX).criteria[0].model_copy(update={"evidence_rules": (rule,)})
    assert guess_kind(DocumentFactory(title="Bajas"), "", part) == "figure"
    assert guess_kind(DocumentFactory(title="Acta de bajas"), "", part) == "minutes"
