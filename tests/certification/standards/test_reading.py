import pytest

from certification.standards.reading import DocumentFaults, parse_yaml
from tests.certification.standards.factories import DEI, NAMES, NMX, changed, text_of


def faults_of(text):
    with pytest.raises(DocumentFaults) as raised:
        parse_yaml(text)
    return raised.value.faults


def only_fault(text):
    (fault,) = faults_of(text)
    return fault


def line_of(text, words):
    return next(number for number, line in enumerate(text.splitlines(), 1) if words in line)


@pytest.mark.parametrize("name", NAMES)
def test_the_data_files_have_no_fault(name):
    assert parse_yaml(text_of(name)).version


def test_unknown_key():
    text = changed(DEI, ("free: true", "free: true\ngratuito: true"))
    fault = only_fault(text)
    assert (fault.line, fault.place) == (line_of(text, "gratuito"), "gratuito")
    assert fault.message == "No se conoce la clave «gratuito»."
    assert fault.remedy


def test_unknown_key_deep_inside():
    text = changed(DEI, ("code: DEI-2.2\n", "code: DEI-2.2\n        puntos: 3\n"))
    fault = only_fault(text)
    assert (fault.line, fault.place) == (line_of(text, "puntos: 3"), "sections.1.criteria.1.puntos")


def test_missing_key_is_told_at_its_parent():
    fault = only_fault(changed(DEI, ("folio_prefix: DEI\n", "")))
    assert (fault.line, fault.place, fault.message) == (3, "folio_prefix", "Falta la clave «folio_prefix».")


def test_key_written_twice():
    text = changed(DEI, ("voluntary: true", "voluntary: true\nvoluntary: false"))
    fault = only_fault(text)
    assert (fault.line, fault.message) == (line_of(text, "voluntary: false"), "«voluntary» está escrito dos veces.")


@pytest.mark.parametrize("other", ["DEI-1.1", "R12c", "P1", "M5"])
def test_a_code_is_used_once_in_all_the_document(other):
    name, old = (DEI, "DEI-1.2") if other.startswith("DEI") else (NMX, "R06b")
    fault = only_fault(changed(name, (f"code: {old}", f"code: {other}")))
    assert f"La clave «{other}» ya se usó" in fault.message


@pytest.mark.parametrize(
    ("name", "old", "new", "sentence"),
    [
        (
            DEI,
            "max_total_points: 100",
            "max_total_points: 101",
            "«max_total_points» dice 101, pero las secciones suman 100.",
        ),
        (DEI, "max_points: 40", "max_points: 41", "«max_points» dice 41, pero sus criterios suman 40."),
        (NMX, "critical_points_total: 30", "critical_points_total: 31", "los críticos suman 30"),
        (NMX, "{code: R06a, ", "{code: R06a, points: 1, ", "Sólo algunos incisos de R06 tienen puntos."),
    ],
)
def test_points_that_do_not_add_up(name, old, new, sentence):
    found = " ".join(fault.message for fault in faults_of(changed(name, (old, new))))
    assert sentence.removeprefix("los ") in found


def test_sub_items_with_points_add_up_to_their_criterion():
    text = changed(NMX, ("{code: R06a, ", "{code: R06a, points: 1, "), ("{code: R06b, ", "{code: R06b, points: 2, "))
    assert only_fault(text).message == "«max_points» dice 4, pero los incisos suman 3."
    assert parse_yaml(text.replace("points: 2,", "points: 3,")).criterion("R06").sub_items[1].points == 3


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("title: Oro, min_points: 70", "title: Oro, min_points: 170", "El nivel «oro» no se puede alcanzar: pide 170"),
        ("min_measures: 4", "min_measures: 6", "El nivel «oro» no se puede alcanzar: pide 6 medidas y hay 5."),
        ("min_measures: 4", "min_measures: 3", "El nivel «oro» no pide más que «plata»"),
        ("threshold: 70", "threshold: 170", "El mínimo de 170 puntos no se puede alcanzar"),
        (
            "title: Bronce, min_points: 70",
            "title: Bronce, min_points: 60",
            "El nivel «bronce» pide 60 puntos, menos que",
        ),
    ],
)
def test_level_that_cannot_be_reached(old, new, sentence):
    assert any(fault.message.startswith(sentence) for fault in faults_of(changed(NMX, (old, new))))


def test_a_critical_section_holds_critical_criteria():
    text = changed(
        NMX, ("critical: true", "critical: false"), ("critical_points_total: 30", "critical_points_total: 24")
    )
    assert "R01 no es crítico" in only_fault(text).message


def test_every_stage_has_its_clock():
    line = next(line for line in text_of(DEI).splitlines() if "code: answer" in line)
    assert only_fault(changed(DEI, (line + "\n", ""))).message == "Faltan plazos de etapas: answer."


def test_only_answers_are_given_more_days():
    fault = only_fault(changed(DEI, ("title: Dictaminar, amount: 10,", "title: Dictaminar, amount: 10, extension: 5,")))
    assert (
        fault.message == "El plazo de «decision» no se puede prorrogar: la empresa sólo pide más días para responder."
    )


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("voluntary: true", "voluntary: quizá", "voluntary"),
        ('version: "2019.1"', "version: 2019.1", "version"),
        ("validity_years: 3", "validity_years: tres", "validity_years"),
        ("threshold: 70", "threshold: .nan", "threshold"),
        ("threshold: 70", "threshold: 70.123", "threshold"),
        ("kind: distintivo", "kind: premio", "kind"),
        ("slug: distintivo-ei", "slug: Distintivo EI", "slug"),
        ("published_on: 2018-07-23", "published_on: ayer", "legal_basis.published_on"),
        ("unit: dias_habiles", "unit: horas", "stages.1.unit"),
        ("decision:  ", "decision: []\nprocess_2:", "decision"),
    ],
)
def test_value_of_another_kind(old, new, place):
    assert place in [fault.place for fault in faults_of(changed(DEI, (old, new)))]


def test_all_faults_in_one_run_by_line():
    text = changed(
        DEI,
        ("kind: distintivo", "kind: premio"),
        ("free: true", "free: true\notra: 1"),
        ("max_total_points: 100", "max_total_points: 99"),
        ("code: DEI-1.2", "code: DEI-1.1"),
        ("min_points: 70", "min_points: 700"),
    )
    faults = faults_of(text)
    assert [fault.place for fault in faults] == [
        "kind",
        "otra",
        "max_total_points",
        "levels.0.min_points",
        "sections.0.criteria.1.code",
    ]
    assert [fault.line for fault in faults] == sorted(fault.line for fault in faults)


@pytest.mark.parametrize(
    "text",
    [
        "", "sólo texto", "- 1\n- 2", "a: [1\nb: \"", "a: 1\n\tb: 2", "a: !!python/object:os.system x", "? [1, 2]\n: 3",
        "a: 2026-13-45", "a: &x [1]\nb: *x", "\x00", "a: 1\n---\nb: 2",
        "[" * 500_000, "a: " * 5000, "{a: 1, " + "x" * 1_000_000,
    ],
)  # fmt: skip
def test_what_is_no_document_is_refused_with_a_remedy(text):
    assert all(fault.remedy and fault.line >= 1 for fault in faults_of(text))
