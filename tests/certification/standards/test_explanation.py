import datetime as dt
from fractions import Fraction

from django.utils import translation

from certification.standards.enums import Claim
from certification.standards.scoring import Facts, RequirementFact, score
from certification.standards.wording import SENTENCES, say
from tests.certification.standards.factories import MEXSTI, NMX, document_of

ON = dt.date(2026, 11, 3)


def flat(node):
    return [node, *(found for child in node.children for found in flat(child))]


def tree(name, claims, **facts):
    return score(document_of(name), Facts(on=ON, claims=claims, **facts)).explanation


def by_code(node, code):
    return next(found for found in flat(node) if found.code == code)


def test_every_node_says_label_value_and_rule():
    papers = {"P1": RequirementFact(True, ON)}
    for node in flat(tree(NMX, {"R01": Claim.MET, "R02a": Claim.PARTLY}, requirements=papers, measures={"M4": True})):
        assert str(node.label)
        assert str(node.value)
        assert str(node.rule)
        assert "%(" not in f"{node.label}{node.value}{node.rule}"


def test_a_number_opens_to_its_arithmetic():
    root = tree(NMX, {"R07a": Claim.MET, "R07b": Claim.PARTLY, "R07c": Claim.NOT_MET})
    criterion = by_code(root, "R07")
    assert str(criterion.value) == "5 de 10"
    assert "3 incisos" in str(criterion.rule)
    assert [str(child.value) for child in criterion.children] == ["3.33 de 3.33", "1.66 de 3.33", "0 de 3.33"]


def test_the_points_name_the_standard_and_its_version():
    points = next(node for node in flat(tree(NMX, {})) if str(node.label) == "Puntos")
    assert "NMX-R-025-SCFI-2015, versión 2015" in str(points.rule)


def test_rescaling_is_told():
    root = tree(MEXSTI, {"MX-1.1": Claim.MET, "MX-1.2": Claim.NOT_APPLICABLE})
    points = next(node for node in flat(root) if str(node.label) == "Puntos")
    assert str(points.value) == "11.11 de 100"
    assert "(10 de 90), llevada a 100" in str(points.rule)
    assert str(by_code(root, "MX-1.2").value) == "—"


def test_the_parts_add_up_to_the_whole():
    result = score(document_of(NMX), Facts(on=ON, claims={"R12a": Claim.MET, "R07b": Claim.PARTLY}))
    assert sum((criterion.points for criterion in result.criteria), Fraction(0)) == result.points
    assert all(sum(item.points for item in one.sub_items) == one.points for one in result.criteria)


def test_sentences_are_put_into_words_when_they_are_shown():
    sentence = say("measure.people_short", people=1, target="5 %")
    assert str(sentence) == "Con 1 persona más llegarías a 5 %."
    assert sentence == say("measure.people_short", target="5 %", people=1)
    with translation.override("es-mx"):
        assert all(str(text) for text in SENTENCES.values() if not hasattr(text, "_kw"))


def test_the_day_of_the_calculation_is_told():
    gate = next(node for node in flat(tree(NMX, {})) if str(node.label) == "Puerta 1: participación")
    assert str(gate.rule) == "Todos los documentos están y siguen vigentes el 3 nov 2026."


def test_a_ratio_opens_to_its_figures():
    figures = {"plantilla_discapacidad": 3, "plantilla_total": 100}
    measure = by_code(tree(NMX, {}, figures=figures), "M3")
    assert (str(measure.value), str(measure.rule)) == ("3 %", "Con 3 personas más llegarías a 5 %.")
    assert str(measure.children[0].rule) == (
        "3 (personas con discapacidad en la plantilla) entre 100 (personas en la plantilla): se pide al menos 5 %."
    )
