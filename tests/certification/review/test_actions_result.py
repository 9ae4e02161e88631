"""Observations, recommendation and decision."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from accounts.refusals import ActionRefused
from audit.models import Event
from certification.applications.enums import State
from certification.applications.models import Application, Observation
from certification.review import actions
from certification.review.models import Decision, Recommendation
from employers.models import WorkforceFigures
from tests.accounts.factories import BodyMembershipFactory, UserFactory
from tests.certification.review.factories import LATER, LEGAL, POINTER, REASON, RULE, make_case, verify

pytestmark = pytest.mark.django_db
AWARD = {"outcome": "award", "level": "otorgado", "reason": "Todo se verificó."}
DECLINE = {"outcome": "decline", "level": "", "reason": "No se reunieron los puntos."}


def test_observing_asks_for_what_is_not_met_and_tells_the_employer(django_capture_on_commit_callbacks, mailoutbox):
    case = make_case(State.IN_REVIEW)
    verify(case)
    verify(case, "DEI-1.1", "partly")
    with django_capture_on_commit_callbacks(execute=True):
        actions.observe(case.application, actor=case.reviewer, at=LATER)
    one = Observation.objects.get()
    assert (one.item, one.round, one.pointer, one.rule, one.reason) == ("DEI-1.1", 1, POINTER, RULE, REASON)
    assert case.fresh().state == State.OBSERVED
    assert {mail.to[0] for mail in mailoutbox} == {case.owner.email, case.editor.email}
    assert all("DEI-1.1 Política de inclusión" in mail.body and "Tienes hasta el" in mail.body for mail in mailoutbox)
    assert not any(REASON in mail.body for mail in mailoutbox), "reasons stay on the page"


def test_only_the_chosen_ones_are_observed():
    case = make_case(State.IN_REVIEW)
    verify(case, "DEI-1.1", "partly")
    verify(case, "DEI-1.2", "not_met")
    actions.observe(case.application, items=["DEI-1.2"], actor=case.reviewer, at=LATER)
    assert list(Observation.objects.values_list("item", flat=True)) == ["DEI-1.2"]


def test_nothing_to_observe_is_refused():
    case = make_case(State.IN_REVIEW)
    verify(case)
    with pytest.raises(ActionRefused, match="No hay nada que observar"):
        actions.observe(case.application, actor=case.reviewer, at=LATER)
    assert case.fresh().state == State.IN_REVIEW


def test_the_rounds_of_the_standard_are_not_exceeded():
    case = make_case(State.IN_REVIEW)
    verify(case, "DEI-1.1", "partly")
    Application.objects.filter(pk=case.application.pk).update(round=3)
    with pytest.raises(ActionRefused, match="Ya se pidieron todas las correcciones que permite la norma"):
        actions.observe(case.fresh(), actor=case.reviewer, at=LATER)
    assert not Observation.objects.exists()
    Application.objects.filter(pk=case.application.pk).update(round=2)
    actions.observe(case.fresh(), actor=case.reviewer, at=LATER)
    assert Observation.objects.get().round == 2


def test_an_item_that_changed_after_the_verdict_is_looked_at_again():
    case = make_case(State.IN_REVIEW)
    verify(case)
    case.application.answers.filter(criterion="DEI-1.1").update(updated_at=LATER.replace(year=2027))
    with pytest.raises(ActionRefused, match=r"DEI-1\.1"):
        actions.recommend(case.application, **AWARD, actor=case.reviewer, at=LATER)


def test_recommending_hands_the_file_over():
    case = make_case(State.IN_REVIEW)
    verify(case)
    actions.recommend(case.application, **AWARD, actor=case.reviewer, at=LATER)
    one = Recommendation.objects.get()
    assert (one.outcome, one.level, one.reviewer, one.recommended_at) == ("award", "otorgado", case.reviewer, LATER)
    assert case.fresh().state == State.RECOMMENDED
    event = Event.objects.about(case.application).get()
    assert (event.action, event.reason) == ("recommend", "")  # the employer reads the history, not the proposal


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({**AWARD, "level": ""}, "el nivel es Distintivo otorgado"),
        ({**AWARD, "level": "oro"}, "el nivel es Distintivo otorgado"),
        ({**AWARD, "reason": " "}, "Escribe las razones"),
        ({**DECLINE, "level": "otorgado"}, "no hay nivel"),
    ],
)
def test_a_recommendation_that_does_not_hold_is_refused(said, sentence):
    case = make_case(State.IN_REVIEW)
    verify(case)
    with pytest.raises(ActionRefused, match=sentence):
        actions.recommend(case.application, **said, actor=case.reviewer, at=LATER)
    assert not Recommendation.objects.exists()


def test_points_do_not_hide_a_critical_criterion():
    case = make_case(State.IN_REVIEW)
    verify(case)
    verify(case, "DEI-1.1", "partly")
    with pytest.raises(ActionRefused, match="no se abren las tres puertas"):
        actions.recommend(case.application, **AWARD, actor=case.reviewer, at=LATER)
    actions.recommend(case.application, **DECLINE, actor=case.reviewer, at=LATER)


def test_an_item_without_a_verdict_blocks():
    case = make_case(State.IN_REVIEW)
    verify(case, "DEI-1.1")
    with pytest.raises(ActionRefused, match=r"DEI-1\.2"):
        actions.recommend(case.application, **AWARD, actor=case.reviewer, at=LATER)


def recommended(name="distintivo-ei"):
    case = make_case(State.RECOMMENDED, name)
    verify(case)
    return case


def decide(case, actor=None, legal=LEGAL, **said):
    said = {**AWARD, **said}
    return actions.decide(case.application, **said, legal=legal, actor=actor or case.decider, at=LATER)


def test_deciding_records_both_persons_and_the_legal_fields():
    case = recommended()
    one = decide(case)
    assert (one.reviewed_by, one.decided_by, one.decided_at) == (case.reviewer, case.decider, LATER)
    assert {name: getattr(one, name) for name in LEGAL} == LEGAL
    assert case.fresh().state == State.DECIDED
    assert Event.objects.about(case.application).get().actor == case.decider


def test_figures_that_were_not_sent_are_not_decided_on():
    case = recommended()
    WorkforceFigures.objects.update(women=1, men=1)
    with pytest.raises(ActionRefused, match="cambiaron desde que se envió"):
        decide(case)
    assert not Decision.objects.exists()


@pytest.mark.parametrize("who", ["reviewer", "other_decider", "manager", "owner"])
def test_only_a_decider_of_the_body_decides(who):
    case = recommended()
    with pytest.raises(PermissionDenied):
        decide(case, actor=getattr(case, who))
    assert not Decision.objects.exists()


def test_whoever_reviewed_before_a_reassignment_does_not_decide():
    case = recommended()
    case.application.verdicts.filter(item="DEI-1.1").update(reviewer=case.decider)
    with pytest.raises(PermissionDenied):
        decide(case)


@pytest.mark.parametrize("lacking", list(LEGAL))
def test_the_legal_fields_are_all_there(lacking):
    with pytest.raises(ActionRefused, match="Faltan datos legales"):
        decide(recommended(), legal={**LEGAL, lacking: " "})


def test_deciding_twice_is_refused():
    case = recommended()
    decide(case)
    with pytest.raises(ActionRefused):
        decide(case)
    assert Decision.objects.count() == 1


def test_the_database_wants_four_eyes():
    case = recommended()
    both = BodyMembershipFactory(body=case.body, user=UserFactory(decider=True)).user
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.create(
            application=case.application, **AWARD, **LEGAL, reviewed_by=both, decided_by=both, decided_at=LATER
        )


def test_returning_needs_a_reason_and_writes_to_the_reviewer(django_capture_on_commit_callbacks, mailoutbox):
    case = recommended()
    with pytest.raises(ActionRefused, match="motivo"):
        actions.return_to_review(case.application, reason="", actor=case.decider, at=LATER)
    with django_capture_on_commit_callbacks(execute=True):
        actions.return_to_review(case.application, reason="Falta ver el acta", actor=case.decider, at=LATER)
    assert case.fresh().state == State.IN_REVIEW
    assert [mail.to for mail in mailoutbox] == [[case.reviewer.email]]
    assert "Falta ver el acta" in mailoutbox[0].body
