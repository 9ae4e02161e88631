"""Workplaces that claim differently: the weakest claim counts where it applies."""

import datetime as dt

import pytest

from certification.standards.enums import Claim
from certification.standards.results import Difference
from certification.standards.scoring import Facts, LocalClaims, score
from tests.certification.standards.factories import DEI, MEXSTI, NMX, document_of
from tests.certification.standards.test_explanation import by_code

ON = dt.date(2026, 11, 3)
MET, PARTLY, NOT_MET, NA = Claim.MET, Claim.PARTLY, Claim.NOT_MET, Claim.NOT_APPLICABLE


def facts(claims, workplaces=3, **local):
    """``local``: by workplace, its claims of criterion R07 (or of the one that its claims name)."""
    by_criterion = {}
    for name, own in local.items():
        code = next(iter(own), "R07").rstrip("abcdef") if own else "R07"
        by_criterion.setdefault(code, []).append(LocalClaims(name, own))
    return Facts(
        on=ON, claims=claims, workplaces=workplaces, local={code: tuple(own) for code, own in by_criterion.items()}
    )


def claims_of(result, code):
    return [item.claim for item in result.criterion(code).sub_items]


R07 = {"R07a": MET, "R07b": MET, "R07c": MET}


def test_the_weakest_claim_counts_sub_item_by_sub_item():
    result = score(
        document_of(NMX),
        facts(R07, Norte={**R07, "R07a": PARTLY}, Sur={**R07, "R07a": NOT_MET, "R07b": PARTLY}),
    )
    assert claims_of(result, "R07") == [NOT_MET, PARTLY, MET]
    assert str(result.criterion("R07").shown_points) == "5"


@pytest.mark.parametrize(
    ("general", "local", "counts"),
    [
        (MET, None, None),  # met elsewhere is not enough where nobody answered
        (PARTLY, None, None),
        (NOT_MET, None, NOT_MET),  # whatever the other one answers, this one falls short
        (None, MET, None),
        (NOT_MET, MET, NOT_MET),
        (PARTLY, MET, PARTLY),
    ],
)
def test_order_of_two_claims(general, local, counts):
    said = {**R07, "R07a": local} if local else {code: claim for code, claim in R07.items() if code != "R07a"}
    claims = {**R07, "R07a": general} if general else {code: claim for code, claim in R07.items() if code != "R07a"}
    assert claims_of(score(document_of(NMX), facts(claims, Norte=said)), "R07")[0] == counts


def test_what_no_workplace_inherits_does_not_count():
    document = document_of(NMX)
    assert score(document, facts({}, workplaces=1, Norte=R07)).criterion("R07").claim == MET
    assert score(document, facts({}, workplaces=2, Norte=R07)).criterion("R07").claim is None


def test_a_workplace_where_it_does_not_apply_neither_helps_nor_harms():
    document, code = document_of(MEXSTI), "MX-1.2"
    assert document.criterion(code).na_allowed

    def claim(general, local):
        said = Facts(on=ON, claims={code: general}, workplaces=2, local={code: (LocalClaims("Norte", {code: local}),)})
        return score(document, said).criterion(code).claim

    assert [claim(MET, NA), claim(NA, MET), claim(PARTLY, NA), claim(NOT_MET, NA)] == [MET, MET, PARTLY, NOT_MET]
    assert claim(NA, NA) == NA


def test_a_refused_not_applicable_counts_for_nothing_wherever_it_is_said():
    document = document_of(NMX)
    assert not document.criterion("R07").na_allowed
    for claims, local in (({"R07": NA}, R07), (R07, {"R07": NA}), (R07, {**R07, "R07a": NA})):
        result = score(document, facts(claims, Norte=local))
        assert result.criterion("R07").sub_items[0].points == 0
        assert result.criterion("R07").claim != MET


def test_the_tree_says_which_workplace_lowers_a_number():
    result = score(
        document_of(NMX), facts(R07, workplaces=4, Norte={**R07, "R07a": PARTLY}, Sur={**R07, "R07a": PARTLY}, Este=R07)
    )
    assert set(result.differences) == {"R07a"}
    assert result.differences["R07a"] == (Difference(PARTLY, ("Norte", "Sur")), Difference(MET, ("", "Este")))
    lowered, rest = by_code(result.explanation, "R07a").children
    assert (str(lowered.label), str(lowered.value)) == ("En Norte, Sur", "En parte")
    assert "Es lo que cuenta" in str(lowered.rule)
    assert (str(rest.label), str(rest.value)) == ("En los demás centros", "Cumple")
    assert by_code(result.explanation, "R07b").children == ()


def test_the_tree_of_a_criterion_without_sub_items_and_an_unanswered_one():
    document = document_of(DEI)
    code = next(criterion.code for criterion in document.criteria if not criterion.sub_items)
    said = Facts(on=ON, claims={code: MET}, workplaces=2, local={code: (LocalClaims("Norte", {}),)})
    lowered, _rest = by_code(score(document, said).explanation, code).children
    assert (str(lowered.label), str(lowered.value)) == ("En Norte", "sin responder")


def test_two_workplaces_of_the_same_name_both_count():
    """A closed workplace may have the name of an open one."""
    local = {"R07": (LocalClaims("Norte", {**R07, "R07a": NOT_MET}), LocalClaims("Norte", R07))}
    result = score(document_of(NMX), Facts(on=ON, claims=R07, workplaces=3, local=local))
    assert claims_of(result, "R07")[0] == NOT_MET


def test_what_is_missing_names_the_workplaces_that_lack_it_alone():
    document = document_of(NMX)
    critical = next(one for one in document.criteria if one.critical and len(one.sub_items) > 1)
    first, second = critical.sub_items[0].code, critical.sub_items[1].code
    met = {item.code: MET for criterion in document.criteria for item in criterion.sub_items or (criterion,)}
    own = {item.code: MET for item in critical.sub_items} | {first: PARTLY}

    def sentence(claims, *names):
        local = dict.fromkeys(names or ("Norte",), own)
        missing = score(document, facts(claims, workplaces=9, **local)).missing
        return next(one.sentence for one in missing if one.code == critical.code)

    assert str(sentence(met)) == "Falta sólo en Norte."
    assert str(sentence(met, "Norte", "Sur")) == "Falta sólo en Norte, Sur."
    assert str(sentence(met, "Norte", "Sur", "Este", "Oeste")) == "Falta sólo en 4 centros."
    assert sentence({**met, second: PARTLY}) is None  # the others lack something too
