"""Observed, lapsed, resumed, answered and observed again: by the real actions, with everything they write."""

import datetime as dt

import pytest
from django.utils import timezone

from accounts.refusals import ActionRefused
from audit.models import Event
from certification.applications import actions, saving
from certification.applications.enums import State
from certification.applications.models import Answer, Submission
from certification.review import actions as review
from certification.review.casefile import load
from certification.standards.calendar import term_for
from tests.certification.applications.cases import prove_all, signed
from tests.certification.review.factories import AT, DECLARED, LATER, make_case, verify

pytestmark = pytest.mark.django_db
MONTH = dt.timedelta(days=40)


def observed_case():
    case = make_case(State.IN_REVIEW)
    prove_all(case)
    case.application.evidence_uses.update(created_at=AT)
    verify(case)
    verify(case, "DEI-1.1", "partly")
    case.application = case.fresh()
    review.observe(case.application, actor=case.reviewer, at=LATER)
    return case


def answer(case, note, at):
    stored = Answer.objects.get(application=case.application, criterion="DEI-1.1")
    said = {"claims": stored.claims, "note": note, "seen_version": stored.version}
    saving.save_answer(case.application, "DEI-1.1", **said, actor=case.editor, at=at)
    actions.submit(case.application, declaration=DECLARED, sign=signed, actor=case.owner, at=at)


def test_what_lapsed_with_observations_is_answered_and_observed_again():
    case = observed_case()
    assert len(actions.lapse_overdue(at=LATER + MONTH)) == 1
    case.application = case.fresh()
    actions.resume(case.application, actor=case.editor, at=LATER + MONTH)
    assert case.application.state == State.OBSERVED
    with pytest.raises(ActionRefused, match="Observación sin responder"):
        actions.submit(case.application, declaration=DECLARED, sign=signed, actor=case.owner, at=LATER + MONTH)
    answer(case, "Ya está firmada.", LATER + MONTH)
    assert (case.application.state, case.application.round, Submission.objects.count()) == (State.IN_REVIEW, 2, 2)
    verify(case, at=LATER + MONTH * 2)
    verify(case, "DEI-1.2", "partly", at=LATER + MONTH * 2)
    review.observe(case.fresh(), actor=case.reviewer, at=LATER + MONTH * 2)
    assert list(case.application.observations.values_list("round", "item")) == [(1, "DEI-1.1"), (2, "DEI-1.2")]
    assert load(case.fresh()).application.state == State.OBSERVED


def test_each_resuming_gives_a_whole_term_and_is_recorded():
    application = observed_case().application
    member = application.created_by
    for at in (LATER + MONTH, LATER + MONTH * 2):
        assert len(actions.lapse_overdue(at=at)) == 1
        application.refresh_from_db()
        actions.resume(application, actor=member, at=at)
        whole = term_for(application.standard.document, "answer", timezone.localdate(at))
        assert (application.state, application.round, application.due_on) == (State.OBSERVED, 1, whole)
    told = Event.objects.about(application).filter(action__in=["lapse", "resume_answer"]).order_by("pk")
    assert list(told.values_list("action", "actor")) == [("lapse", None), ("resume_answer", member.pk)] * 2


def test_a_save_that_was_begun_before_the_sending_is_refused():
    case = observed_case()
    behind = case.fresh()  # what a slower request has read
    answer(case, "Ya está firmada.", LATER)
    stored = Answer.objects.get(application=behind, criterion="DEI-1.1")
    said = {"claims": stored.claims, "note": "Tarde", "seen_version": stored.version}
    with pytest.raises(ActionRefused, match="la solicitud se envió o cambió de manos"):
        saving.save_answer(behind, "DEI-1.1", **said, actor=case.editor, at=LATER)
    stored.refresh_from_db()
    assert stored.note == "Ya está firmada."


def test_the_second_of_two_sendings_is_told():
    case = observed_case()
    behind = case.fresh()
    answer(case, "Ya está firmada.", LATER)
    with pytest.raises(ActionRefused, match="La solicitud cambió desde que la abriste"):
        actions.submit(behind, declaration=DECLARED, sign=signed, actor=case.owner, at=LATER)
    assert Submission.objects.count() == 2
