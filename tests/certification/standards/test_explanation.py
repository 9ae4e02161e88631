import datetime as dt
import json
from fractions import Fraction

from django.utils import translation
from hypothesis import HealthCheck, given, settings

from certification.standards.enums import Claim
from certification.standards.explanation import as_data, explain_criterion, outline
from certification.standards.scoring import Facts, RequirementFact, score
from certification.standards.wording import SENTENCES, say
from tests.certification.standards.factories import MEXSTI, NMX, document_of
from tests.certification.standards.test_scoring_properties import cases

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


def test_arithmetic_is_exact_and_adds_up():
    root = tree(NMX, {"R07a": Claim.MET, "R07b": Claim.PARTLY, "R07c": Claim.NOT_MET})
    criterion = by_code(root, "R07")
    assert criterion.arithmetic == "10/3 + 5/3 + 0 = 5"
    assert [child.arithmetic for child in criterion.children] == ["10 ÷ 3 = 10/3", "10 ÷ 3 ÷ 2 = 5/3", ""]
    points = next(node for node in flat(root) if str(node.label) == "Puntos")
    assert points.arithmetic == "0 + 5 = 5"
    threshold = next(node for node in flat(root) if str(node.label) == "Mínimo de puntos")
    assert threshold.arithmetic == "5 < 70"


def test_arithmetic_of_what_is_rescaled():
    points = next(
        node
        for node in flat(tree(MEXSTI, {"MX-1.1": Claim.PARTLY, "MX-1.2": Claim.NOT_APPLICABLE, "MX-2.1": Claim.MET}))
        if str(node.label) == "Puntos"
    )
    assert points.arithmetic == "25 × 100 ÷ 90 = 250/9"
    assert by_code(points, "MX-1.1").arithmetic == "10 ÷ 2 = 5"


@given(cases())
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_every_sum_is_that_of_the_score(case):
    document, facts = document_of(case[0]), case[1]
    result = score(document, facts)
    for criterion in result.criteria:
        node = explain_criterion(criterion, result)
        if node.arithmetic:
            assert Fraction(node.arithmetic.rpartition(" = ")[2]) == criterion.points
        for child, item in zip(node.children, criterion.sub_items, strict=False):
            if child.arithmetic:
                assert Fraction(child.arithmetic.rpartition(" = ")[2]) == item.points
    points = next(node for node in flat(result.explanation) if str(node.label) == "Puntos")
    if points.arithmetic:
        assert Fraction(points.arithmetic.rpartition(" = ")[2]) == result.points


def test_every_item_says_what_the_standard_asks_of_it():
    root, document = tree(NMX, {}), document_of(NMX)
    for criterion in document.criteria:
        assert str(by_code(root, criterion.code).text) == criterion.guidance
    assert str(root.text) == "NMX-R-025-SCFI-2015, versión 2015.1"


def test_levels_say_what_they_ask_and_whether_it_is_reached():
    figures = {"plantilla_total": 100, "personas_del_sexo_con_menor_presencia": 40, "plantilla_discapacidad": 5}
    papers = {code: RequirementFact(True, ON) for code in ("P1", "P2", "P3", "P4", "P5")}
    claims = {criterion.code: Claim.MET for criterion in document_of(NMX).criteria}
    levels = tree(NMX, claims, requirements=papers, figures=figures).children[-1]
    assert [(str(node.label), str(node.value)) for node in levels.children] == [
        ("Certificado", "Se alcanza"), ("Bronce", "Se alcanza"), ("Plata", "Todavía no"), ("Oro", "Todavía no"),
    ]  # fmt: skip
    assert [node.arithmetic for node in levels.children][1:3] == ["100 ≥ 70; 2 ≥ 2", "100 ≥ 70; 2 < 3"]


def test_in_english_it_speaks_english():
    root = tree(NMX, {"R01": Claim.MET})
    with translation.override("en"):
        assert "Policy on labour equality" in str(by_code(root, "R01").label)
        assert str(by_code(root, "R01").text).startswith("Management adopts a policy")
        assert "Document signed by the highest authority" in str(by_code(root, "R01a").label)
        assert "Certificate of no breach" in str(by_code(root, "P1").rule)


def test_the_outline_tells_nothing_of_single_items():
    root = tree(NMX, {"R01": Claim.MET}, figures={"plantilla_discapacidad": 3, "plantilla_total": 100})
    nodes = flat(outline(root))
    assert not any(node.code for node in nodes)
    said = json.dumps(as_data(outline(root)), ensure_ascii=False)
    assert "Requisitos críticos" in said
    assert not any(criterion.title in said for criterion in document_of(NMX).criteria)
    assert "discapacidad" not in said


def test_as_data_it_is_spanish_and_whole():
    root = tree(NMX, {"R01": Claim.MET})
    with translation.override("en"):
        data = as_data(root)

    def count(node):
        return 1 + sum(count(child) for child in node.get("children", ()))

    assert count(data) == len(flat(root))
    assert data["label"] == "Nivel"
    assert data["text"] == "NMX-R-025-SCFI-2015, versión 2015.1"
    assert "code" not in data
