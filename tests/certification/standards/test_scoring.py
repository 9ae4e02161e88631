"""Cases worked by hand on the four standards. The sums stand in the comments."""

import datetime as dt
from fractions import Fraction

import pytest

from certification.standards.enums import Claim, GateState
from certification.standards.reading import parse_yaml
from certification.standards.scoring import Facts, MissingKind, RequirementFact, score
from certification.standards.wording import percent, shown
from tests.certification.standards.factories import DEFR, DEI, MEXSTI, NMX, changed, document_of

ON = dt.date(2026, 11, 3)
OPEN, CLOSED, WAITING = GateState.OPEN, GateState.CLOSED, GateState.WAITING
MET, PARTLY, NOT_MET, NA = Claim.MET, Claim.PARTLY, Claim.NOT_MET, Claim.NOT_APPLICABLE
PAPERS = {code: RequirementFact(True, dt.date(2026, 6, 1)) for code in ("P1", "P2", "P3", "P4", "P5")}


def all_met(name):
    return {criterion.code: MET for criterion in document_of(name).criteria}


def scored(name, claims=None, **facts):
    return score(document_of(name), Facts(on=ON, claims=claims or {}, **facts))


def norm(claims=None, **facts):
    return scored(NMX, all_met(NMX) | (claims or {}), requirements=PAPERS, **facts)


def states(result):
    return [gate.state for gate in result.gates]


def test_nothing_answered():
    result = scored(NMX)
    assert (result.points, result.shown_points, result.level) == (0, "0", None)
    assert states(result) == [WAITING, WAITING, OPEN]
    assert [reason.item for reason in result.participation.reasons] == ["P1", "P2", "P3", "P4", "P5"]
    assert [reason.item for reason in result.criteria_gate.reasons] == ["R01", "R02", "R03", "R04", "R05", ""]
    assert result.next_level.code == "simple"


def test_norm_all_met_without_measures_is_the_first_level():
    result = norm()
    assert (result.points, result.level.code, result.next_level.code) == (100, "simple", "bronce")
    assert states(result) == [OPEN, OPEN, OPEN]


def test_norm_sub_items_share_the_points_equally():
    # R07 is worth 10 in three parts: met, not met, met = 20/3. R12 is worth 12 in five: four met, one half = 54/5.
    result = norm({"R07b": NOT_MET, "R12c": PARTLY})
    assert result.criterion("R07").points == Fraction(20, 3)
    assert result.criterion("R12").points == Fraction(54, 5)
    assert result.points == 100 - Fraction(10, 3) - Fraction(6, 5) == Fraction(1432, 15)
    assert result.shown_points == "95.46"
    assert (result.criterion("R07").claim, result.criterion("R07").shown_points) == (PARTLY, "6.66")


def test_norm_at_exactly_seventy():
    # Critical 30; R07 10, R14 10, R12 12, R08 8 make 40. The others are not met.
    lost = ("R06", "R09", "R10", "R11", "R13")
    result = norm(dict.fromkeys(lost, NOT_MET))
    assert (result.points, result.level.code) == (70, "simple")


def test_norm_just_below_seventy_is_shown_below_and_refused():
    # As above, but one third of R08 is half met: 70 - 8/3/2 = 68.666…
    lost = dict.fromkeys(("R06", "R09", "R10", "R11", "R13"), NOT_MET)
    result = norm(lost | {"R08a": PARTLY})
    assert (result.points, result.shown_points) == (70 - Fraction(4, 3), "68.66")
    assert (states(result), result.level) == ([OPEN, CLOSED, OPEN], None)
    assert result.criteria_gate.reasons[0].code == "criteria.points_unreachable"


def test_points_a_hair_below_are_not_rounded_up():
    assert [shown(Fraction(*pair)) for pair in ((699966, 10000), (70, 1), (141, 2), (1, 3))] == [
        "69.99",
        "70",
        "70.5",
        "0.33",
    ]
    assert percent(Fraction(39996, 100000)) == "39.99 %"


def test_one_critical_sub_item_partly_met_closes_the_gate_whatever_the_points():
    result = norm({"R01d": PARTLY})
    assert result.shown_points == "99.25"
    assert (states(result), result.level) == ([OPEN, CLOSED, OPEN], None)
    assert [(reason.item, reason.code) for reason in result.criteria_gate.reasons] == [
        ("R01", "criteria.critical_failed")
    ]
    assert [(missing.code, missing.gain) for missing in result.missing] == [("R01", Fraction(3, 4))]


def test_critical_without_all_its_answers_waits():
    claims = all_met(NMX)
    del claims["R01"]
    result = scored(NMX, claims | {"R01a": MET}, requirements=PAPERS)
    assert states(result) == [OPEN, WAITING, OPEN]
    assert (result.criterion("R01").claim, result.criterion("R01").is_complete) == (PARTLY, False)


@pytest.mark.parametrize(
    ("fact", "state", "code"),
    [
        (None, WAITING, "requirement.absent"),
        (RequirementFact(False), CLOSED, "requirement.refused"),
        (RequirementFact(True), WAITING, "requirement.undated"),
        (RequirementFact(True, dt.date(2026, 5, 3)), OPEN, "requirement.met"),  # six months, to the day
        (RequirementFact(True, dt.date(2026, 5, 2)), CLOSED, "requirement.expired"),
        (RequirementFact(True, dt.date(2026, 11, 4)), CLOSED, "requirement.future"),
    ],
)
def test_age_of_a_paper(fact, state, code):
    papers = {key: value for key, value in (PAPERS | {"P1": fact}).items() if value}
    result = scored(NMX, all_met(NMX), requirements=papers)
    assert (result.requirements[0].state, result.requirements[0].sentence.key) == (state, code)
    assert result.participation.state == state
    assert (result.level is None) == (state != OPEN)


def test_six_months_from_the_end_of_august_end_with_february():
    fact = {"P1": RequirementFact(True, dt.date(2026, 8, 31))}
    assert scored(NMX, requirements=fact).requirements[0].valid_until == dt.date(2027, 2, 28)


def test_a_paper_without_age_limit_needs_no_date():
    assert scored(NMX, requirements={"P3": RequirementFact(True)}).requirements[2].state == OPEN


FIGURES = {
    "plantilla_total": 100,
    "personas_del_sexo_con_menor_presencia": 40,
    "directivos_mujeres": 3,
    "directivos_total": 10,
    "plantilla_discapacidad": 3,
}


def test_measures_by_figures_and_by_word_give_bronze():
    # 40 of 100 is 40 %: met. 3 of 10: not. 3 of 100: not; (3+3)/103 = 5.8 %, (3+2)/102 = 4.9 %: three more people.
    # (3+n)/(10+n) ≥ 0.4: n = 2 gives 5/12 = 0.416, n = 1 gives 4/11 = 0.363: two more.
    result = norm(figures=FIGURES, measures={"M4": True, "M5": False})
    assert [measure.met for measure in result.measures] == [True, False, False, True, False]
    assert [measure.people_short for measure in result.measures] == [None, 2, 3, None, None]
    assert str(result.measures[2].sentence) == "Con 3 personas más llegarías a 5 %."
    assert (result.measures_met, result.level.code, result.next_level.code) == (2, "bronce", "plata")
    assert [(missing.kind, missing.code) for missing in result.missing] == [(MissingKind.MEASURE, "M5")]


def test_four_measures_give_gold_and_nothing_is_above():
    figures = FIGURES | {"plantilla_discapacidad": 5}
    result = norm(figures=figures, measures={"M4": True, "M5": True})
    assert (result.measures_met, result.level.code, result.next_level, result.missing) == (4, "oro", None, ())


def test_measures_do_not_open_a_closed_gate_but_say_what_they_would_give():
    result = norm({"R05": NOT_MET}, figures=FIGURES, measures={"M4": True, "M5": True})
    assert (result.level, result.measures_level.code) == (None, "plata")


@pytest.mark.parametrize(
    ("figures", "met", "code"),
    [
        ({}, None, "measure.figures_missing"),
        ({"plantilla_discapacidad": None, "plantilla_total": 9}, None, "measure.figures_missing"),
        ({"plantilla_discapacidad": 0, "plantilla_total": 0}, None, "measure.figures_missing"),
        ({"plantilla_discapacidad": 10, "plantilla_total": 9}, False, "measure.impossible"),
        ({"plantilla_discapacidad": 1, "plantilla_total": 20}, True, "measure.met"),
        ({"plantilla_discapacidad": 1, "plantilla_total": 21}, False, "measure.people_short"),
    ],
)
def test_a_ratio(figures, met, code):
    measure = norm(figures=figures).measures[2]
    assert (measure.met, measure.sentence.key) == (met, code)


def test_a_reviewer_may_deny_a_computed_measure():
    assert norm(figures=FIGURES, measures={"M1": False}).measures[0].met is False


def test_efr_has_no_papers_no_critical_criteria_and_one_level():
    # 10+10+10+5 of the first axis, 8+8+6 of the second, half of 15 and 10 of the third: 35+22+17.5 = 74.5
    claims = dict.fromkeys(("DEFR-1.1", "DEFR-1.2", "DEFR-1.3", "DEFR-1.4", "DEFR-2.1", "DEFR-2.2", "DEFR-2.3"), MET)
    result = scored(DEFR, claims | {"DEFR-3.1": MET, "DEFR-3.2": PARTLY})
    assert (result.points, result.shown_points, result.level.code) == (Fraction(149, 2), "74.5", "otorgado")
    assert states(result) == [OPEN, OPEN, OPEN]


def test_ei_needs_its_critical_criterion_of_people_hired():
    # All but DEI-2.1, which is worth 20: 80 points, over the minimum of 70, and still closed.
    result = scored(DEI, all_met(DEI) | {"DEI-2.1": PARTLY})
    assert (result.points, result.criteria_gate.state, result.level) == (90, CLOSED, None)
    assert [missing.code for missing in result.missing] == ["DEI-2.1"]


def test_mexsti_where_it_does_not_apply_the_rest_is_rescaled():
    # MX-1.2 does not apply: 10 leave both sides. Met: 10 + 20 + 20; half of 20; not met 20. 60 of 90 is 66.66 of 100.
    claims = {"MX-1.1": MET, "MX-1.2": NA, "MX-2.1": MET, "MX-3.1": MET, "MX-4.1": PARTLY, "MX-5.1": NOT_MET}
    result = scored(MEXSTI, claims)
    assert (result.points, result.shown_points) == (Fraction(200, 3), "66.66")
    assert (result.criteria_gate.state, result.level) == (CLOSED, None)
    # 3.33 are short. The other half of MX-4.1 brings 11.11 in 10 minutes; MX-5.1 would bring 22.22, but in 20.
    assert [(missing.code, missing.gain) for missing in result.missing] == [("MX-4.1", Fraction(100, 9))]
    assert scored(MEXSTI, claims | {"MX-4.1": MET}).level.code == "otorgado"


def test_not_applicable_where_it_is_not_allowed_is_not_met():
    result = scored(MEXSTI, all_met(MEXSTI) | {"MX-1.1": NA})
    assert (result.points, result.criteria_gate.state) == (90, CLOSED)
    assert (result.criterion("MX-1.1").claim, result.criterion("MX-1.1").is_na_refused) == (NOT_MET, True)


def test_sub_items_with_points_of_their_own_and_one_that_may_not_apply():
    # R06 is worth 4: 1 for the code, 3 for making it known; the 3 do not apply, so the 1 becomes all 4.
    text = changed(
        NMX,
        ("{code: R06a, ", "{code: R06a, points: 1, "),
        ("{code: R06b, ", "{code: R06b, points: 3, na_allowed: true, "),
    )
    document = parse_yaml(text)
    half = score(document, Facts(on=ON, claims={"R06a": PARTLY, "R06b": MET})).criterion("R06")
    alone = score(document, Facts(on=ON, claims={"R06a": PARTLY, "R06b": NA})).criterion("R06")
    assert (half.points, alone.points) == (Fraction(7, 2), 2)


def test_missing_points_are_the_cheapest_and_enough():
    # All critical, nothing else: 30 points. 40 are missing.
    claims = dict.fromkeys(("R01", "R02", "R03", "R04", "R05"), MET)
    result = scored(NMX, claims, requirements=PAPERS)
    assert sum(missing.gain for missing in result.missing) >= 40
    fuller = claims | {missing.code: MET for missing in result.missing}
    assert scored(NMX, fuller, requirements=PAPERS).level.code == "simple"
    last = result.missing[-1].code
    assert scored(NMX, {**fuller, last: NOT_MET}, requirements=PAPERS).level is None


def test_shares_are_rounded_but_never_up_to_the_target_they_miss():
    assert percent(Fraction(7, 15)) == "46.67 %"
    assert percent(Fraction(7, 15), Fraction(4, 10)) == "46.67 %"
    assert percent(Fraction(699966, 1_000_000), Fraction(7, 10)) == "69.99 %"
    assert percent(Fraction(4667, 10_000), Fraction(4667, 10_000)) == "46.67 %"
    assert percent(Fraction(7, 15), Fraction(4667, 10_000)) == "46.66 %"


def test_what_is_missing_is_the_quickest_that_is_enough():
    # 100 less 10 + 10 not met, and the halves of 5, 5, 6 and 8: 2.5 + 2.5 + 3 + 4. 68 points, so two are short.
    claims = {criterion.code: MET for criterion in document_of(DEFR).criteria}
    claims |= {"DEFR-3.1": NOT_MET, "DEFR-1.3": NOT_MET}
    result = scored(DEFR, claims | dict.fromkeys(("DEFR-1.4", "DEFR-1.5", "DEFR-2.3", "DEFR-2.4"), PARTLY))
    assert result.points == 68
    # The halves take 10 minutes each, the others 20, though they bring more points. The half of 8 brings most.
    assert [missing.code for missing in result.missing] == ["DEFR-2.4"]
