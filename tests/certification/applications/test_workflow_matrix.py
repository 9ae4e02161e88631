"""Every state × action × role of the workflow, against a list written by hand from the rules, not from the table."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.refusals import ActionRefused
from audit.models import Event
from certification.applications.enums import State
from certification.applications.permissions import is_publisher, publishers_of
from certification.applications.workflow import TRANSITIONS, available_actions, move
from tests.accounts.factories import UserFactory
from tests.certification.review.factories import LATER, make_case, sign

pytestmark = pytest.mark.django_db

# action: (states it leaves, state it reaches, who)
RULES = {
    "submit": ({"draft"}, "submitted", {"owner"}),
    "withdraw": ({"draft", "submitted"}, "withdrawn", {"owner"}),
    "assign": ({"submitted"}, "in_review", {"manager"}),
    "reassign": ({"in_review"}, "in_review", {"manager"}),
    "observe": ({"in_review"}, "observed", {"reviewer"}),
    "answer": ({"observed"}, "in_review", {"owner"}),
    "recommend": ({"in_review"}, "recommended", {"reviewer"}),
    "return": ({"recommended"}, "in_review", {"decider", "second_decider"}),
    "decide": ({"recommended"}, "decided", {"decider", "second_decider"}),
    "publish_award": ({"decided"}, "awarded", {"manager", "second_decider"}),  # not who signed: the decider
    "publish_decline": ({"decided"}, "declined", {"manager", "second_decider"}),
    "lapse": ({"draft", "observed"}, "lapsed", {"clock"}),
    "resume": ({"lapsed"}, "draft", {"owner", "editor"}),  # what was never sent
    "resume_answer": ({"lapsed"}, "observed", {"owner", "editor"}),  # what was sent before
}
NEED_REASON = {"withdraw", "reassign", "return"}
ROLES = (
    "owner", "editor", "reader", "foreigner", "reviewer", "other_reviewer", "decider", "second_decider",
    "other_decider", "manager", "clock",
)  # fmt: skip
STATES = (
    "draft", "submitted", "in_review", "observed", "recommended", "decided", "awarded", "declined", "withdrawn",
    "lapsed",
)  # fmt: skip


def case_in(state):
    """A file in ``state``, with the decision that the decider signed where there is one."""
    case = make_case(State(state), answered=False)
    if state in ("decided", "awarded", "declined"):
        sign(case)
    return case


class UndoError(Exception):
    pass


def attempt(case, action, role, reason="Porque sí"):
    """What happens, without keeping it: the state that is reached, or the refusal."""
    application, actor = case.fresh(), getattr(case, role, None)
    fields = {"reviewer": case.reviewer, "body": case.body} if action in ("assign", "reassign") else {}
    if action == "submit":
        fields = {"submitted_at": LATER}
    if action == "resume":
        application.submitted_at = None
    try:
        with transaction.atomic():
            move(application, action, actor=actor, at=LATER, reason=reason, **fields)
            event = Event.objects.about(application).last()
            assert (event.action, event.actor, event.at) == (action, actor, LATER)
            raise UndoError
    except UndoError:
        return application.state
    except PermissionDenied:
        return "forbidden"
    except ActionRefused:
        return "refused"


def test_the_lists_are_whole():
    assert set(RULES) == set(TRANSITIONS)
    assert set(STATES) == set(State.values)


@pytest.mark.parametrize("state", STATES)
def test_who_may_leave_a_state(state):
    case = case_in(state)
    found, expected = {}, {}
    for action, (sources, target, who) in RULES.items():
        for role in ROLES:
            found[action, role] = attempt(case, action, role)
            allowed = role in who and state in sources
            expected[action, role] = target if allowed else "no"
    refusals = {"forbidden", "refused"}
    assert {key: "no" if value in refusals else value for key, value in found.items()} == expected


@pytest.mark.parametrize("state", STATES)
def test_a_role_that_may_never_is_forbidden_not_told_to_reload(state):
    case = case_in(state)
    for action, (_sources, _target, who) in RULES.items():
        for role in set(ROLES) - who:
            assert attempt(case, action, role) == "forbidden", (action, role)


@pytest.mark.parametrize("state", STATES)
def test_buttons_are_what_the_list_says(state):
    case = case_in(state)
    for role in ROLES[:-1]:
        expected = {action for action, (sources, _to, who) in RULES.items() if role in who and state in sources}
        expected -= {"resume"}  # every file of these cases that lapsed had been sent before
        assert set(available_actions(case.fresh(), getattr(case, role))) == expected, role


@pytest.mark.parametrize("action", sorted(RULES))
def test_a_reason_is_asked_for_where_the_list_says(action):
    sources, target, who = RULES[action]
    case = case_in(min(sources))
    assert attempt(case, action, min(who), reason="  ") == ("refused" if action in NEED_REASON else target)


@pytest.mark.parametrize("action", sorted(RULES))
def test_of_two_at_once_one_loses(action):
    sources, _target, who = RULES[action]
    case = case_in(min(sources))
    application = case.fresh()
    if action == "resume":
        application.submitted_at = None
    application.version += 1  # somebody else moved it after it was read
    with pytest.raises(ActionRefused, match="cambió desde que la abriste"):
        move(application, action, actor=getattr(case, min(who), None), at=LATER, reason="x")
    assert case.fresh().state == min(sources)


def test_who_may_publish_is_whom_the_page_names():
    case = case_in("decided")
    UserFactory(manager=True, is_active=False)
    case.application.employer.memberships.create(user=UserFactory(manager=True), role="reader")
    named = set(publishers_of(case.fresh()))
    assert named == {case.manager, case.second_decider}
    assert all(is_publisher(one, case.fresh()) for one in named)


@pytest.mark.parametrize("role", ["reviewer", "decider", "manager"])
def test_nobody_acts_for_the_programme_on_a_file_of_their_own_employer(role):
    case = make_case(State.IN_REVIEW if role != "decider" else State.RECOMMENDED, answered=False)
    case.application.employer.memberships.create(user=getattr(case, role), role="reader")
    assert available_actions(case.fresh(), getattr(case, role)) == []
