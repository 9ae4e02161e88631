import pytest

from certification.standards.diff import compare
from certification.standards.enums import Change, PartKind
from certification.standards.reading import parse_yaml
from tests.certification.standards.factories import DEI, NAMES, NMX, changed, document_of


def compared(name, *replacements):
    """The change alone: without the stored cases, which it would make wrong."""
    before = document_of(name).model_copy(update={"cases": ()})
    return compare(before, parse_yaml(changed(name, *replacements).partition("\ncases:")[0]))


def only(found):
    (part,) = found.changed
    return part


@pytest.mark.parametrize("name", NAMES)
def test_a_document_is_the_same_as_itself(name):
    found = compare(document_of(name), document_of(name))
    assert found.is_same
    assert {part.change for part in found.parts} == {Change.SAME}
    assert len(found.parts) == found.counts[Change.SAME]


def test_the_first_version_is_new_in_every_part():
    document = document_of(NMX)
    found = compare(None, document)
    assert {part.change for part in found.parts} == {Change.NEW}
    codes = [part.code for part in found.parts]
    parts = [*document.participation_requirements, *document.criteria, *document.measures, *document.levels]
    assert codes == [part.code for part in parts]
    assert found.general == ()


def test_another_title_is_reworded():
    part = only(compared(DEI, ("title: Ajustes razonables", "title: Adaptaciones")))
    assert (part.kind, part.code, part.change) == (PartKind.CRITERION, "DEI-3.2", Change.REWORDED)
    assert (part.title_before, part.title_after) == ("Ajustes razonables", "Adaptaciones")
    assert [(field.name, field.weighs) for field in part.fields] == [("title", False)]


def test_points_that_move_are_reweighted_on_both_sides():
    found = compared(
        DEI,
        ("critical: false\n        max_points: 10", "critical: false\n        max_points: 8"),
        ("critical: true\n        max_points: 10", "critical: true\n        max_points: 12"),
    )
    assert {part.code: part.change for part in found.changed} == {
        "DEI-1.1": Change.REWEIGHTED,
        "DEI-1.2": Change.REWEIGHTED,
    }
    (field,) = found.changed[0].fields
    assert (field.name, field.before, field.after, field.weighs) == ("max_points", "10", "12", True)


def test_a_criterion_that_went_and_one_that_came():
    found = compared(DEI, ("code: DEI-4.2\n", "code: DEI-4.3\n"))
    assert [(part.code, part.change) for part in found.changed] == [("DEI-4.3", Change.NEW), ("DEI-4.2", Change.GONE)]
    assert found.changed[1].title == "Mecanismo de quejas"


def test_a_sub_item_that_came_reweights_its_criterion():
    extra = "          - {code: R06c, title: Revisión anual, confirmed: false}\n"
    line = next(line for line in changed(NMX).splitlines(keepends=True) if "code: R06b" in line)
    part = only(compared(NMX, (line, line + extra)))
    assert (part.code, part.change, part.fields) == ("R06", Change.REWEIGHTED, ())
    assert [(one.code, one.change) for one in part.parts if one.change != Change.SAME] == [("R06c", Change.NEW)]


@pytest.mark.parametrize(
    ("old", "new", "kind", "code"),
    [
        ("max_age_months: 6", "max_age_months: 12", PartKind.REQUIREMENT, "P1"),
        ("min: 0.40", "min: 0.45", PartKind.MEASURE, "M1"),
        ("title: Oro, min_points: 70", "title: Oro, min_points: 75", PartKind.LEVEL, "oro"),
    ],
)
def test_ages_ratios_and_levels_weigh(old, new, kind, code):
    part = only(compared(NMX, (old, new)))
    assert (part.kind, part.code, part.change) == (kind, code, Change.REWEIGHTED)


def test_what_is_outside_the_parts_is_told_by_its_code():
    found = compared(
        DEI,
        ("title: Revisar la solicitud, amount: 15", "title: Revisar la solicitud, amount: 20"),
        ("validity_years: 3", "validity_years: 4"),
    )
    assert found.changed == ()
    assert {(field.name, field.before, field.after) for field in found.general} == {
        ("stages.review.amount", 15, 20),
        ("validity_years", 3, 4),
    }


def test_a_new_clock_does_not_move_the_ones_after_it():
    line = next(line for line in changed(NMX).splitlines(keepends=True) if "code: entrega_certificado" in line)
    new = line.replace("entrega_certificado", "otra")
    names = {field.name for field in compared(NMX, (line, new + line)).general}
    assert names
    assert all(name.startswith("deadlines.otra.") for name in names)
