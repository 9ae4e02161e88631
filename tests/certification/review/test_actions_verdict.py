"""What the reviewer finds, item by item."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from accounts.refusals import ActionRefused
from audit.models import Event
from certification.applications.enums import State
from certification.applications.models import Application
from certification.review import actions
from certification.review.items import items_of, outcome_of
from certification.review.models import Verdict
from tests.certification.review.factories import AT, LATER, POINTER, REASON, RULE, make_case, verify

pytestmark = pytest.mark.django_db


def save(case, *, claim="met", item="DEI-1.1", seen=0, actor=None, at=LATER, **texts):
    found = next(one for one in items_of(case.application.standard.document) if one.code == item)
    said = {"pointer": "", "rule": "", "reason": "", **texts}
    claims = claim if isinstance(claim, dict) else {part.code: claim for part in found.parts}
    actor = actor or case.reviewer
    return actions.save_verdict(case.application, found, claims=claims, **said, seen_version=seen, actor=actor, at=at)


def test_a_verdict_is_saved_with_its_author_and_a_fact():
    case = make_case(State.IN_REVIEW)
    verdict = save(case)
    assert (verdict.outcome, verdict.version, verdict.reviewer, verdict.updated_at) == ("met", 1, case.reviewer, LATER)
    event = Event.objects.about(verdict).get()
    assert (event.actor, event.data["item"], event.data["outcome"]) == (case.reviewer, "DEI-1.1", "met")
    assert not Event.objects.about(case.application).exists()  # the employer reads these while the review goes on


def test_the_outcome_comes_from_the_parts():
    case = make_case(State.IN_REVIEW, "nmx-r-025-scfi-2015")
    claims = {"R02a": "met", "R02b": "met", "R02c": "met", "R02d": "not_met"}
    assert save(case, item="R02", claim=claims, pointer=POINTER, rule=RULE, reason=REASON).outcome == "partly"


@pytest.mark.parametrize(
    ("claims", "outcome"),
    [
        (["met", "met"], "met"),
        (["met", "not_applicable"], "met"),
        (["not_applicable"], "not_applicable"),
        (["not_met", "not_met"], "not_met"),
        (["partly", "met"], "partly"),
        ([], "not_met"),
    ],
)
def test_outcome_of(claims, outcome):
    assert outcome_of(claims) == outcome


@pytest.mark.parametrize("claim", ["partly", "not_met"])
@pytest.mark.parametrize(
    ("texts", "sentence"),
    [
        ({"pointer": ""}, "dónde se ve"),
        ({"rule": "  "}, "qué regla"),
        ({"reason": "No cumple."}, "tus palabras"),
        ({"reason": "dei-1.1  política de inclusión.", "rule": RULE}, "repite el texto de la regla"),
        ({"reason": "Documento firmado que compromete la inclusión y la no discriminación."}, "repite el texto"),
    ],
)
def test_a_negative_verdict_without_reasons_is_refused(claim, texts, sentence):
    case = make_case(State.IN_REVIEW)
    with pytest.raises(ActionRefused, match=sentence):
        save(case, claim=claim, **{"pointer": POINTER, "rule": RULE, "reason": REASON, **texts})
    assert not Verdict.objects.exists()


@pytest.mark.parametrize("lacking", ["pointer", "rule", "reason"])
def test_the_database_refuses_it_too(lacking):
    case = make_case(State.IN_REVIEW)
    texts = {"pointer": POINTER, "rule": RULE, "reason": REASON, lacking: ""}
    with pytest.raises(IntegrityError), transaction.atomic():
        Verdict.objects.create(
            application=case.application, item="DEI-1.1", outcome="not_met", updated_at=AT, reviewer=case.reviewer,
            **texts,
        )  # fmt: skip


@pytest.mark.parametrize("claim", [{}, {"DEI-1.1": "not_applicable"}, {"DEI-1.1": "x"}, {"DEI-1.1": "met", "Z": "met"}])
def test_every_line_of_the_rubric_has_a_result_it_allows(claim):
    case = make_case(State.IN_REVIEW)
    with pytest.raises(ActionRefused, match="cada línea"):
        save(case, claim=claim)


@pytest.mark.parametrize("who", ["other_reviewer", "decider", "manager", "owner"])
def test_only_the_reviewer_of_the_file_verifies(who):
    case = make_case(State.IN_REVIEW)
    with pytest.raises(PermissionDenied):
        save(case, actor=getattr(case, who))


@pytest.mark.parametrize("state", [State.OBSERVED, State.RECOMMENDED, State.AWARDED])
def test_out_of_review_nothing_is_saved(state):
    case = make_case(state)
    with pytest.raises(ActionRefused, match="ya no está en revisión"):
        save(case)


def test_a_file_that_moved_in_another_tab_takes_no_verdict():
    case = make_case(State.IN_REVIEW)
    Application.objects.filter(pk=case.application.pk).update(state=State.RECOMMENDED)
    with pytest.raises(ActionRefused, match="ya no está en revisión"):
        save(case)


@pytest.mark.parametrize("seen", [0, 7])
def test_a_second_tab_overwrites_nothing(seen):
    case = make_case(State.IN_REVIEW)
    save(case)
    with pytest.raises(actions.VerdictConflict) as conflict:
        save(case, claim="not_met", pointer=POINTER, rule=RULE, reason=REASON, seen=seen)
    assert conflict.value.stored.outcome == "met"
    assert Verdict.objects.get().version == 1


def test_with_both_in_sight_the_second_one_is_saved():
    case = make_case(State.IN_REVIEW)
    save(case)
    verdict = save(case, claim="not_met", pointer=POINTER, rule=RULE, reason=REASON, seen=1)
    assert (verdict.outcome, verdict.version, verdict.reason) == ("not_met", 2, REASON)
    assert Event.objects.about(verdict).count() == 2


def test_verify_factory_agrees_with_the_action():
    case = make_case(State.IN_REVIEW)
    verify(case)
    assert save(case, item="DEI-1.2", seen=1).outcome == "met"


def test_reasons_of_a_negative_result_do_not_stay_beside_a_positive_one():
    case, texts = make_case(State.IN_REVIEW), {"pointer": POINTER, "rule": RULE, "reason": REASON}
    save(case, claim="not_met", **texts)
    verdict = save(case, seen=1, **texts)
    assert (verdict.outcome, verdict.pointer, verdict.rule, verdict.reason) == ("met", "", "", "")
    said = save(case, seen=2, **(texts | {"reason": "Ya está: lo muestra el acta nueva."}))
    assert said.reason == "Ya está: lo muestra el acta nueva."
