"""Random walks through the workflow: whatever is tried, in whatever order, by whomever, the rules hold."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from accounts.refusals import ActionRefused
from audit.models import Event
from certification.applications.enums import State
from certification.applications.workflow import available_actions, move
from tests.certification.applications.test_workflow_matrix import ROLES, RULES
from tests.certification.review.factories import LATER, make_case, sign

WITHOUT_CLOCK = {"awarded", "declined", "withdrawn", "lapsed"}
ENDS = {"awarded", "declined", "withdrawn"}


class Workflow(RuleBasedStateMachine):
    case = None  # made once: every walk starts from the same draft, and is undone

    def __init__(self):
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.application = self.case.fresh()
        self.state, self.path, self.version = "draft", [], self.application.version

    def teardown(self):
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    @rule(action=st.sampled_from(sorted(RULES)), role=st.sampled_from(ROLES))
    def anybody_tries_anything(self, action, role):
        self.step(action, role)

    @precondition(lambda self: self.state not in ENDS)
    @rule(data=st.data())
    def somebody_does_what_is_theirs(self, data):
        options = sorted(
            (a, r) for a, (sources, _to, who) in RULES.items() if self.state in sources and self.fits(a) for r in who
        )
        self.step(*data.draw(st.sampled_from(options)))

    def step(self, action, role):
        sources, target, who = RULES[action]
        fields = {"submit": {"submitted_at": LATER}}.get(action, {})
        if action == "assign":
            fields = {"reviewer": self.case.reviewer, "body": self.case.body}
        try:
            with transaction.atomic():
                actor = getattr(self.case, role, None)
                move(self.application, action, actor=actor, at=LATER, reason="Porque sí", **fields)
        except (PermissionDenied, ActionRefused):
            assert not (role in who and self.state in sources and self.fits(action)), (action, role, self.state)
        else:
            assert role in who, (action, role)
            assert self.state in sources, (action, self.state)
            assert self.fits(action), (action, self.path)
            self.path.append((action, self.state, target))
            self.state, self.version = target, self.version + 1
            if action == "decide":  # whoever signed does not publish it
                sign(self.case, application=self.application)

    def fits(self, action):
        """What was sent once is never a draft again."""
        sent = any(name == "submit" for name, _source, _target in self.path)
        return {"resume": not sent, "resume_answer": sent}.get(action, True)

    @invariant()
    def the_database_agrees(self):
        stored = self.case.fresh()
        assert (stored.state, stored.version) == (self.state, self.version)
        assert (stored.due_on is None) == (self.state in WITHOUT_CLOCK)

    @invariant()
    def the_history_tells_the_whole_path(self):
        events = Event.objects.about(self.application)
        assert [(one.action, one.data["from"], one.data["to"]) for one in events] == self.path

    @invariant()
    def an_end_is_an_end(self):
        if self.state in ENDS:
            for role in ROLES[:-1]:
                assert available_actions(self.case.fresh(), getattr(self.case, role)) == []


@pytest.mark.django_db
def test_random_walks():
    Workflow.case = make_case(State.DRAFT, answered=False)
    run_state_machine_as_test(
        Workflow, settings=settings(max_examples=25, stateful_step_count=20, deadline=None, derandomize=True)
    )
