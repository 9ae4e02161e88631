"""What holds for any claims of any workplaces."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from certification.standards.enums import Claim
from certification.standards.scoring import LocalClaims, score
from tests.certification.standards.factories import document_of
from tests.certification.standards.test_scoring_properties import BETTER, cases, patient, rank

WORSE = {Claim.MET: Claim.PARTLY, Claim.PARTLY: Claim.NOT_MET}
NAMES = ("Norte", "Sur", "Este", "Oeste")


@st.composite
def own_claims(draw, criterion):
    """Claims of one criterion, on itself or on its sub-items."""
    codes = draw(st.sampled_from([[criterion.code], [item.code for item in criterion.sub_items] or [criterion.code]]))
    return {code: claim for code in codes if (claim := draw(st.sampled_from([*Claim, Claim.MET, None])))}


@st.composite
def sites(draw):
    """A document, facts with local claims, and one criterion that has them."""
    name, facts = draw(cases())
    document, local = document_of(name), {}
    for criterion in draw(st.lists(st.sampled_from(document.criteria), min_size=1, max_size=3, unique_by=id)):
        names = draw(st.lists(st.sampled_from(NAMES), min_size=1, unique=True))
        local[criterion.code] = tuple(LocalClaims(name, draw(own_claims(criterion))) for name in names)
    return document, replace(facts, local=local, workplaces=len(NAMES)), document.criterion(next(iter(local)))


def with_local(facts, code, local):
    return replace(facts, local={**facts.local, code: tuple(local)})


def inherited(facts, criterion):
    codes = (criterion.code, *(item.code for item in criterion.sub_items))
    return {code: facts.claims[code] for code in codes if code in facts.claims}


@patient
@given(sites())
def test_an_override_equal_to_what_is_inherited_changes_nothing(case):
    document, facts, criterion = case
    same = [LocalClaims(name, inherited(facts, criterion)) for name in NAMES]
    for count in range(1, len(NAMES) + 1):
        assert score(document, with_local(facts, criterion.code, same[:count])) == score(
            document, with_local(facts, criterion.code, [])
        )


@patient
@given(sites(), st.data())
def test_overriding_with_something_weaker_never_raises_points_or_level(case, data):
    document, facts, criterion = case
    own, *others = facts.local[criterion.code]
    code = data.draw(st.sampled_from([item.code for item in criterion.sub_items] or [criterion.code]))
    claim = own.claims.get(code)
    if claim not in WORSE:
        return
    weaker = LocalClaims(own.workplace, {**own.claims, code: WORSE[claim]})
    before, after = score(document, facts), score(document, with_local(facts, criterion.code, [weaker, *others]))
    assert after.points <= before.points
    assert rank(document, after.level) <= rank(document, before.level)


@patient
@given(sites(), st.data())
def test_a_new_override_that_is_weaker_never_raises_points(case, data):
    document, facts, criterion = case
    facts = with_local(facts, criterion.code, facts.local[criterion.code][: len(NAMES) - 1])
    taken = {one.workplace for one in facts.local[criterion.code]}
    name = next(name for name in NAMES if name not in taken)
    weaker = {
        code: data.draw(st.sampled_from([claim, WORSE.get(claim, claim)]))
        for code, claim in inherited(facts, criterion).items()
    }
    after = with_local(facts, criterion.code, [*facts.local[criterion.code], LocalClaims(name, weaker)])
    assert score(document, after).points <= score(document, facts).points


@patient
@given(sites(), st.data())
def test_meeting_more_in_one_workplace_never_lowers_points_or_level(case, data):
    document, facts, criterion = case
    own, *others = facts.local[criterion.code]
    code = data.draw(st.sampled_from([item.code for item in criterion.sub_items] or [criterion.code]))
    claim = own.claims.get(code, own.claims.get(criterion.code))
    if claim == Claim.NOT_APPLICABLE or own.claims.get(criterion.code) == Claim.NOT_APPLICABLE:
        return
    better = LocalClaims(own.workplace, {**own.claims, code: BETTER.get(claim, Claim.MET)})
    before, after = score(document, facts), score(document, with_local(facts, criterion.code, [better, *others]))
    assert after.points >= before.points
    assert rank(document, after.level) >= rank(document, before.level)


@patient
@given(sites())
def test_not_applicable_in_a_workplace_never_scores_more_than_meeting_it(case):
    document, facts, criterion = case
    own, *others = facts.local[criterion.code]
    parts = [item.code for item in criterion.sub_items] or [criterion.code]
    met = LocalClaims(own.workplace, dict.fromkeys(parts, Claim.MET))
    spared = LocalClaims(own.workplace, {criterion.code: Claim.NOT_APPLICABLE})
    best, other = (score(document, with_local(facts, criterion.code, [one, *others])) for one in (met, spared))
    assert other.points <= best.points


@patient
@given(sites(), st.randoms(use_true_random=False))
def test_order_of_workplaces_does_not_matter(case, random):
    document, facts, criterion = case
    shuffled = list(facts.local[criterion.code])
    random.shuffle(shuffled)
    assert score(document, with_local(facts, criterion.code, shuffled)) == score(document, facts)


@patient
@given(sites())
def test_a_criterion_is_satisfied_where_every_workplace_satisfies_it(case):
    document, facts, criterion = case
    alone = [score(document, replace(facts, claims=one.claims, local={})) for one in facts.local[criterion.code]]
    if len(facts.local[criterion.code]) < facts.workplaces:
        alone.append(score(document, replace(facts, local={})))
    each = all(one.criterion(criterion.code).is_satisfied for one in alone)
    assert score(document, facts).criterion(criterion.code).is_satisfied == each
