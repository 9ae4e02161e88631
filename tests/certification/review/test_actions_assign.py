"""Giving files to reviewers."""

import pytest
from django.core.exceptions import PermissionDenied

from accounts.refusals import ActionRefused
from audit.models import Event
from certification.applications.enums import State
from certification.applications.models import Application
from certification.review import actions
from certification.review.forms import AssignForm
from tests.accounts.factories import BodyMembershipFactory, ReviewBodyFactory, UserFactory
from tests.certification.review.factories import AT, LATER, make_case
from tests.employers.factories import MembershipFactory

pytestmark = pytest.mark.django_db


def test_assigning_gives_reviewer_body_and_clock_and_records_who():
    case = make_case(State.SUBMITTED)
    actions.assign(case.application, reviewer=case.reviewer, actor=case.manager, at=AT)
    found = case.fresh()
    assert (found.state, found.reviewer, found.body) == (State.IN_REVIEW, case.reviewer, case.body)
    assert found.due_on > AT.date()
    event = Event.objects.about(found).get()
    assert (event.action, event.actor, event.at) == ("assign", case.manager, AT)


def test_assigning_writes_to_the_reviewer(django_capture_on_commit_callbacks, mailoutbox):
    case = make_case(State.SUBMITTED)
    with django_capture_on_commit_callbacks(execute=True):
        actions.assign(case.application, reviewer=case.reviewer, actor=case.manager, at=AT)
    (mail,) = mailoutbox
    assert mail.to == [case.reviewer.email]
    assert case.application.folio in mail.subject
    assert f"/revision/{case.application.folio}/" in mail.body


@pytest.mark.parametrize(
    ("person", "sentence"),
    [
        ("without the role", "no tiene la función de revisión"),
        ("without a body", "no pertenece a ninguna unidad"),
        ("whose body is closed", "no pertenece a ninguna unidad"),
        ("of the employer", "trabaja en la empresa"),
    ],
)
def test_a_person_who_cannot_review_is_refused(person, sentence):
    case = make_case(State.SUBMITTED)
    chosen = _unfit(person, case)
    with pytest.raises(ActionRefused, match=sentence):
        actions.assign(case.application, reviewer=chosen, actor=case.manager, at=AT)
    assert case.fresh().state == State.SUBMITTED


def _unfit(person, case):
    if person == "without the role":
        return BodyMembershipFactory(body=case.body, user=UserFactory()).user
    if person == "without a body":
        return UserFactory(reviewer=True)
    membership = BodyMembershipFactory()
    if person == "whose body is closed":
        membership.body.closed_at = AT
        membership.body.save()
    else:
        MembershipFactory(employer=case.application.employer, user=membership.user, reader=True)
    return membership.user


@pytest.mark.parametrize("who", ["reviewer", "decider", "owner"])
def test_only_a_manager_assigns(who):
    case = make_case(State.SUBMITTED)
    with pytest.raises(PermissionDenied):
        actions.assign(case.application, reviewer=case.reviewer, actor=getattr(case, who), at=AT)


def test_reassigning_keeps_verdicts_and_records_the_reason():
    case = make_case(State.IN_REVIEW)
    chosen = case.other_reviewer
    actions.reassign(case.application, reviewer=chosen, reason="Licencia médica", actor=case.manager, at=LATER)
    found = case.fresh()
    assert (found.reviewer, found.body, found.state) == (chosen, case.body, State.IN_REVIEW)
    assert Event.objects.about(found).get().reason == "Licencia médica"


@pytest.mark.parametrize(
    ("who", "reason", "sentence"), [("reviewer", "x", "ya tiene"), ("other_reviewer", " ", "motivo")]
)
def test_reassigning_refused(who, reason, sentence):
    case = make_case(State.IN_REVIEW)
    with pytest.raises(ActionRefused, match=sentence):
        actions.reassign(case.application, reviewer=getattr(case, who), reason=reason, actor=case.manager, at=LATER)
    assert case.fresh().reviewer == case.reviewer


@pytest.mark.parametrize(
    ("name", "accredited", "sentence"),
    [("nmx-r-025-scfi-2015", False, "un organismo acreditado"), ("distintivo-ei", True, "lo otorga la Secretaría")],
)
def test_a_body_that_does_not_certify_the_standard_is_refused(name, accredited, sentence):
    case = make_case(State.SUBMITTED, name=name)
    unfit = BodyMembershipFactory(body=ReviewBodyFactory(accredited=accredited)).user
    with pytest.raises(ActionRefused, match=sentence):
        actions.assign(case.application, reviewer=unfit, actor=case.manager, at=AT)
    assert unfit not in AssignForm(application=case.application).fields["reviewer"].queryset


def test_the_body_that_the_employer_chose_reviews():
    case = make_case(State.SUBMITTED, name="nmx-r-025-scfi-2015")
    chosen = BodyMembershipFactory(body=ReviewBodyFactory(accredited=True, name="Organismo Elegido")).user
    Application.objects.update(body=chosen.body_memberships.get().body)
    with pytest.raises(ActionRefused, match="es de Organismo Elegido"):
        actions.assign(case.fresh(), reviewer=case.reviewer, actor=case.manager, at=AT)
    assert list(AssignForm(application=case.fresh()).fields["reviewer"].queryset) == [chosen]
    actions.assign(case.fresh(), reviewer=chosen, actor=case.manager, at=AT)
    assert case.fresh().reviewer == chosen


def test_a_file_stays_with_its_body():
    case = make_case(State.IN_REVIEW)
    with pytest.raises(ActionRefused, match=f"es de {case.body.name}"):
        actions.reassign(
            case.application, reviewer=BodyMembershipFactory().user, reason="x", actor=case.manager, at=LATER
        )


def test_who_left_the_body_reviews_no_more():
    case = make_case(State.IN_REVIEW)
    case.reviewer.body_memberships.update(ended_at=AT)
    with pytest.raises(PermissionDenied):
        actions.observe(case.fresh(), actor=case.reviewer, at=LATER)
