"""A renewal begins with what was awarded: what is carried, by code, and who may when."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.refusals import ActionRefused
from audit.models import Event
from certification.applications import discarding
from certification.applications.enums import State
from certification.applications.migrating.copies import take
from certification.applications.models import Answer, Application, EvidenceUse
from certification.applications.renewing.actions import confirm, open_renewal
from certification.applications.renewing.lookup import renewal_under_way
from certification.applications.renewing.models import Renewal
from certification.applications.workflow import move
from certification.standards.models import Standard
from tests.certification.amendments.factories import drop_criterion, set_criterion, together
from tests.certification.applications.migrating.versions import newer
from tests.certification.applications.workplaces import own_answer, several
from tests.certification.certificates.renewals import LATER, awarded, renewed
from tests.certification.evidence.factories import RevisionFactory
from tests.certification.review.factories import AT, sign

pytestmark = pytest.mark.django_db
NOW = LATER + dt.timedelta(hours=1)


def said_of(application):
    return {kind: said for kind, said in take(application).items() if kind not in ("standard", "owners")}


def test_everything_is_carried_by_code():
    case = awarded()
    opened = renewed(case)
    assert (opened.state, opened.standard_id, opened.body_id) == ("draft", case.application.standard_id, case.body.pk)
    assert list(opened.workplaces.all()) == list(case.application.workplaces.all())
    assert said_of(opened) == said_of(case.application)
    assert opened.evidence_uses.count() == case.application.evidence_uses.count() > 0
    assert opened.requirement_records.get(requirement="P1").issued_on == timezone.localdate(AT)
    first, event = Event.objects.about(opened)
    assert first.action == "open"
    assert (event.action, event.actor, event.data) == ("renew", case.editor, {"from": case.application.folio})


def test_pressed_twice_there_is_one_draft():
    case = awarded()
    assert renewed(case) == renewed(case) == renewal_under_way(case.application, case.editor)
    assert Renewal.objects.count() == 1


@pytest.mark.parametrize(("state", "verb", "is_new"), [
    ("draft", "lapse", False), ("draft", "withdraw", True), ("decided", "publish_decline", True),
])  # fmt: skip
def test_what_ended_makes_room(state, verb, is_new):
    case = awarded("distintivo-ei")
    first = renewed(case)
    who = {"lapse": None, "withdraw": case.owner, "publish_decline": case.manager}[verb]
    sent = {} if state == "draft" else {"submitted_at": AT, "reviewer": case.reviewer, "body": case.body}
    Application.objects.filter(pk=first.pk).update(state=state, **sent)
    if verb == "publish_decline":
        sign(case, application=first)
    move(Application.objects.get(pk=first.pk), verb, actor=who, at=AT, reason="Así lo decidimos.")
    assert Renewal.objects.filter(is_current=True).exists() == (not is_new)
    assert (renewed(case) != first) == is_new
    assert Renewal.objects.filter(is_current=True).count() == 1


def test_the_database_refuses_two_current_ones():
    case = awarded("distintivo-ei")
    other, opened = awarded("distintivo-ei"), renewed(case)
    said = {"source": case.application, "opened_at": AT, "opened_by": case.editor}
    for wrong in (other.application, opened, case.application):
        with pytest.raises(IntegrityError), transaction.atomic():
            Renewal.objects.create(application=wrong, **said)


def test_who_may_not_edit_and_what_was_not_awarded_is_refused():
    case = awarded("distintivo-ei")
    for person in (case.reader, case.foreigner, case.manager, case.decider):
        with pytest.raises(PermissionDenied):
            open_renewal(case.application, actor=person, at=LATER)
    Application.objects.filter(pk=case.application.pk).update(state=State.DECIDED)
    with pytest.raises(ActionRefused, match="Sólo se renueva lo que se otorgó"):
        open_renewal(case.fresh(), actor=case.editor, at=LATER)
    assert not Renewal.objects.exists()


def test_without_a_version_in_force_or_an_open_workplace_nothing_is_opened():
    case = awarded("distintivo-ei")
    case.application.workplaces.update(closed_at=AT)
    with pytest.raises(ActionRefused, match="Elige al menos un centro"):
        renewed(case)
    Standard.objects.update(is_in_force=False)
    with pytest.raises(ActionRefused, match="ya no recibe solicitudes"):
        renewed(case)
    assert Application.objects.count() == 1


def test_a_newer_version_takes_what_it_has_a_place_for():
    case = awarded("distintivo-ei")
    change = together(drop_criterion("DEI-1.2", "DEI-1.1"), set_criterion("DEI-2.1", guidance="Otra cosa."))
    target = newer(change)
    opened = renewed(case)
    assert opened.standard == target
    assert {one.criterion for one in opened.answers.all()} == {one.code for one in target.document.criteria}
    assert not opened.evidence_uses.filter(item="DEI-1.2").exists()


def test_workplaces_keep_their_own_answers_and_the_last_one_speaks_for_all():
    case = several(("Planta Norte", "Planta Sur"))
    own_answer(case, "Planta Sur", "DEI-1.1", {"DEI-1.1": "partly"}, note="Sólo aquí.")
    Application.objects.filter(pk=case.application.pk).update(
        state=State.AWARDED, submitted_at=AT, reviewer=case.reviewer, body=case.body
    )
    first, _is_new = open_renewal(case.fresh(), actor=case.editor, at=LATER)
    assert first.local_answers.get().note == "Sólo aquí."
    discarding.discard(first, actor=case.editor, at=LATER)
    case.application.workplaces.filter(name="Planta Norte").update(closed_at=AT)
    second, _is_new = open_renewal(case.fresh(), actor=case.editor, at=LATER)
    assert not second.local_answers.exists()
    assert second.answers.get(criterion="DEI-1.1").note == "Sólo aquí."


def test_evidence_comes_in_its_newest_revision():
    case = awarded("distintivo-ei")
    document = case.application.evidence_uses.first().document
    newest = RevisionFactory(document=document, number=2, created_by=case.owner)
    opened = renewed(case)
    assert {use.revision for use in EvidenceUse.objects.filter(application=opened)} == {newest}


def test_a_renewal_is_deleted_like_any_draft_and_prepared_again():
    case = awarded("distintivo-ei")
    first = renewed(case)
    discarding.discard(first, actor=case.editor, at=LATER)
    assert not Renewal.objects.exists()
    assert renewed(case).folio != first.folio


def test_confirming_says_who_and_when_once():
    case = awarded("distintivo-ei")
    opened = renewed(case)
    assert confirm(opened, "DEI-1.1", actor=case.owner, at=NOW)
    assert not confirm(opened, "DEI-1.1", actor=case.editor, at=NOW)
    answer = Answer.objects.get(application=opened, criterion="DEI-1.1")
    assert (answer.updated_by, answer.updated_at, answer.version, answer.note) == (
        case.owner,
        NOW,
        1,
        "Así lo hacemos.",
    )
    with pytest.raises(PermissionDenied):
        confirm(opened, "DEI-2.1", actor=case.reader, at=NOW)
    assert not confirm(case.fresh(), "DEI-1.1", actor=case.editor, at=NOW)
