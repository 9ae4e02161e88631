"""What a filled-in workbook says, and what it is refused for: always with its sheet and cell."""

import datetime as dt

import pytest
from django.utils import timezone

from certification.applications.enums import State
from certification.applications.models import Answer, Observation, RequirementRecord
from certification.applications.spreadsheet.values import CLAIM
from tests.certification.applications.cases import NMX, complete_draft, draft
from tests.certification.applications.spreadsheet.sheets import (
    added,
    book_of,
    changes,
    exported,
    filled,
    row_of,
    saved,
)
from tests.certification.applications.workplaces import own_answer, several
from tests.certification.review.factories import make_case

pytestmark = pytest.mark.django_db
DAY = dt.datetime(2026, 11, 3)  # noqa: DTZ001 - as a cell holds it


@pytest.fixture
def case():
    return complete_draft(NMX)


def claims(case, word, code="R07a"):
    return changes(case, filled(case, ("Criterios", code, "claim", word)))


@pytest.mark.parametrize(
    ("word", "claim"),
    [
        ("En parte", "partly"),
        ("  EN  PARTE ", "partly"),
        ("Todavia no", "not_met"),
        ("No cumple", "not_met"),
        (None, ""),
    ],
)
def test_claims_are_read_as_people_write_them(case, word, claim):
    assert claims(case, word) == [("R07", f"{CLAIM}R07a", claim)]


@pytest.mark.parametrize("word", ["Sí", "si", "SÍ", "Cumple"])
def test_the_same_claim_in_other_words_is_no_change(case, word):
    assert claims(case, word) == []


@pytest.mark.parametrize("word", ["Quizá", "1", 3.5, True, "sí, pero no"])
def test_a_wrong_word_is_refused_with_its_cell(case, word):
    number = row_of(book_of(exported(case))["Criterios"], "R07a")
    (fault,) = claims(case, word) if word is not True else claims(case, "VERDADERO")
    assert fault.startswith(f"Hoja Criterios, celda E{number}: dice «")
    assert fault.endswith("escribe una de estas: Sí, En parte, Todavía no, No aplica.")


def test_not_applicable_is_said_where_the_standard_takes_it(case):
    (fault,) = claims(case, "No aplica")
    place, asked = at(case, "R07a"), "en R07a sólo se puede responder: Sí, En parte, Todavía no."
    assert fault == f"Hoja Criterios, celda {place}: {asked}"
    (fault,) = claims(case, "Sí", code="R07")
    assert fault.endswith("responde en los incisos de R07, no aquí.")


def at(case, code, column="E", sheet="Criterios"):
    return f"{column}{row_of(book_of(exported(case))[sheet], code)}"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (DAY, "2026-11-03"), ("2026-11-03", "2026-11-03"), ("3/11/2026", "2026-11-03"), ("03-11-2026", "2026-11-03"),
        (DAY.date(), "2026-11-03"), (None, None),
    ],
)  # fmt: skip
def test_dates_are_read_as_they_are_written_here(case, typed, kept):
    found = changes(case, filled(case, ("Participación", "P1", "issued_on", typed)))
    assert found == [("P1", "issued_on", kept)]


@pytest.mark.parametrize("typed", ["mañana", "2026-02-30", "31/02/2026", "3/11/26", "0026-11-03", True])
def test_what_is_no_date_is_refused_with_its_cell(case, typed):
    (fault,) = changes(case, filled(case, ("Participación", "P1", "issued_on", typed)))
    assert fault.startswith("Hoja Participación, celda F2: ")


def test_numbers_are_taken_where_a_text_is_asked(case):
    found = changes(case, filled(case, ("Participación", "P1", "reference", 4711)))
    assert found == [("P1", "reference", "4711")]


def test_yes_no_and_empty(case):
    found = changes(case, filled(case, ("Participación", "P1", "present", None), ("Medidas", "M4", "declared", "no")))
    assert found == [("P1", "is_present", False), ("M4", "is_claimed", False)]
    assert changes(case, filled(case, ("Medidas", "M4", "declared", None))) == [("M4", "is_claimed", None)]
    (fault,) = changes(case, filled(case, ("Medidas", "M4", "declared", "quizá")))
    assert fault == "Hoja Medidas, celda E5: dice «quizá»; escribe Sí o No."


def test_a_measure_that_is_computed_is_not_declared(case):
    (fault,) = changes(case, filled(case, ("Medidas", "M1", "declared", "Sí")))
    assert fault == "Hoja Medidas, celda E2: se calcula con las cifras de la plantilla; deja la celda vacía."


@pytest.mark.parametrize("formula", ["=1+1", '=HYPERLINK("https://ejemplo.test")', "=R07a", "=SUM(A1:A3)"])
def test_a_formula_is_refused_with_its_cell(case, formula):
    file = filled(case, ("Criterios", "R07a", "claim", formula), ("Criterios", "R08", "note", formula))
    wanted = [f"Hoja Criterios, celda {at(case, code, column)}: es una fórmula; escribe el valor." for code, column in (
        ("R07a", "E"), ("R08", "F"),
    )]  # fmt: skip
    assert changes(case, file) == wanted


def test_a_formula_that_is_text_is_text(case):
    book = book_of(exported(case))
    cell = book["Criterios"][at(case, "R08", "F")]
    cell.value = "=1+1"
    cell.data_type = "s"
    assert changes(case, saved(book)) == [("R08", "note", "=1+1")]


def test_too_long_and_in_the_wrong_row(case):
    file = filled(case, ("Criterios", "R08", "note", "a" * 10_001), ("Criterios", "R08a", "note", "aquí no"))
    long, misplaced = changes(case, file)
    assert "tiene 10001 caracteres y caben 10000" in long
    assert misplaced.endswith("esto va en el renglón del criterio R08.")


def test_every_fault_is_told_at_once(case):
    file = filled(
        case,
        ("Criterios", "R07a", "claim", "quizá"),
        ("Criterios", "A3", "XYZ"),
        ("Participación", "P1", "issued_on", "ayer"),
        ("Medidas", "A5", None),
        ("Criterios", "R08a", "claim", "=1"),
    )
    found = changes(case, file)
    assert len(found) == 5
    assert "Hoja Criterios, celda A3: «XYZ» no es un código de esta norma." in found
    assert "Hoja Medidas, celda A5: falta el código." in found


def test_codes_rule_and_not_rows(case):
    book = book_of(filled(case, ("Criterios", "R07a", "claim", "En parte")))
    sheet = book["Criterios"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    kept = [row for row in rows if row[0] != "R01b"]
    sheet.delete_rows(2, sheet.max_row)
    for row in reversed(kept):
        sheet.append([None if row[0] is None else row[0].lower(), *row[1:]])
    assert changes(case, saved(book)) == [("R07", f"{CLAIM}R07a", "partly")]


def test_a_code_twice_is_refused_with_both_cells(case):
    file = filled(case, ("Criterios", "A6", "R01a"))
    assert changes(case, file)[0] == "Hoja Criterios, celda A6: el código R01a ya está en A3; deja uno."


def test_a_moved_column_is_refused(case):
    book = book_of(exported(case))
    book["Criterios"].insert_cols(2)
    (fault,) = changes(case, saved(book))
    assert fault == "Hoja Criterios, celda B1: el encabezado debe decir «Criterio»."


def test_a_sheet_of_another_application_or_version_is_refused(case):
    file, other = exported(case), complete_draft(NMX)
    (fault,) = changes(other, file)
    assert case.application.folio in fault
    assert other.application.folio in fault
    case.application.standard = make_case(State.DRAFT).application.standard
    case.application.save()
    (fault,) = changes(case, file)
    version = case.application.standard.version
    assert fault == f"Este libro es de otra versión de la norma: ahora es la {version}."


@pytest.mark.parametrize("change", ["folio", "digest", "row", "sheet"])
def test_a_changed_hidden_sheet_is_refused(case, change):
    book = book_of(exported(case))
    hidden = book["Control"]
    if change == "folio":
        hidden["C1"] = draft().application.folio
    elif change == "digest":
        hidden["F5"] = str(hidden["F5"].value).replace("=", "=0", 1)
    elif change == "row":
        hidden.delete_rows(5)
    else:
        del book["Control"]
    assert changes(case, saved(book)) == ["Este libro no se descargó de aquí, o se perdió su hoja oculta «Control»."]


def test_only_what_was_observed_can_be_changed():
    case = make_case(State.OBSERVED, name=NMX)
    said = {"round": 1, "pointer": "p. 1", "rule": "R", "reason": "Falta", "created_at": timezone.now()}
    Observation.objects.create(application=case.application, item="R07", created_by=case.reviewer, **said)
    file = filled(case, ("Criterios", "R07a", "claim", "En parte"), ("Criterios", "R08a", "claim", "En parte"))
    (fault,) = changes(case, file)
    assert fault.endswith("R08 no se puede cambiar ahora; deja la celda como estaba.")
    assert len(changes(case, filled(case, ("Criterios", "R07a", "claim", "En parte")))) == 1


def test_answers_of_workplaces(case):
    case = several(case=case)
    own_answer(case, "Planta Sur", "R07", {"R07a": "met"})
    file = filled(case, ("Centros", "R07a", "claim", "Todavía no"))
    file = added(case, ("Planta Norte", "R08a", "En parte", None, None), file=file)
    assert changes(case, file) == [("R07", f"{CLAIM}R07a", "not_met"), ("R08", f"{CLAIM}R08a", "partly")]


def test_what_cannot_be_said_of_a_workplace(case):
    case = several(case=case)
    own_answer(case, "Planta Sur", "R07", {"R07a": "met"}, is_in_force=False)
    silent = filled(case, ("Centros", "R07a", "claim", "Todavía no"))
    (fault,) = changes(case, silent)
    assert "escribe Sí en «¿Vale aquí esta respuesta?»" in fault
    book = book_of(added(case, ("Planta Norte", "R08a", "En parte", None, None)))
    sheet, number = book["Centros"], row_of(book["Centros"], "R08a", "Planta Norte")
    sheet[f"A{number}"] = "C99 Otra planta"
    sheet[f"A{number + 1}"], sheet[f"E{number + 1}"] = None, "Sí"
    assert changes(case, saved(book)) == [
        f"Hoja Centros, celda A{number}: elige de la lista un centro de esta solicitud.",
        f"Hoja Centros, celda A{number + 1}: falta el centro.",
        f"Hoja Centros, celda B{number + 1}: falta el código.",
    ]


def test_cells_that_are_only_for_reading_do_not_count(case):
    file = filled(case, ("Criterios", "B3", "Otro título"), ("Cifras", "D2", 9), ("Léeme", "B2", "X"))
    assert changes(case, file) == []


def test_what_is_stored_and_would_not_be_taken_today_is_left_alone(case):
    Answer.objects.filter(criterion="R07").update(claims={"R07": "met", "R07a": "algo"}, note="x" * 12_000)
    RequirementRecord.objects.filter(requirement="P1").update(issued_on=dt.date(1850, 1, 1))
    assert changes(case, exported(case)) == []
