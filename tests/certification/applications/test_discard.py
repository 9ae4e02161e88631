"""A draft that was never sent can be deleted by its employer; what belongs to the employer stays."""

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.utils import timezone

from accounts.refusals import ActionRefused
from audit.models import Event
from certification.applications import discarding, local_answers
from certification.applications.actions import withdraw
from certification.applications.enums import State
from certification.applications.migrating import actions as migrating
from certification.applications.models import Answer, Application, EvidenceUse
from certification.applications.owners.actions import assign
from certification.applications.owners.models import ItemOwner
from certification.applications.plan.models import ImprovementAction
from certification.applications.spreadsheet.actions import keep_upload
from certification.applications.spreadsheet.reading import Read
from certification.evidence.models import Document
from tests.certification.applications.cases import NMX, base, complete_draft, draft, shown
from tests.certification.applications.migrating.versions import offered
from tests.certification.applications.racing import just_before
from tests.certification.review.factories import AT, LATER, make_case

pytestmark = pytest.mark.django_db
SENT_ALONE = {"observations", "submissions", "extensions", "verdicts", "recommendations", "decision", "certificate"}
SENT_ALONE |= {"renewals"}  # of what was awarded


def full_draft():
    """Everything that may hang on a draft hangs on this one."""
    case = complete_draft(NMX)
    place = {"employer": case.application.employer, "state": "14", "municipality": "14039", "name": "Otra"}
    workplace = case.application.workplaces.model.objects.create(**place)
    case.application.workplaces.add(workplace)
    said = {"claims": {"R01": "met"}, "note": "", "seen": None, "actor": case.owner, "at": AT}
    local_answers.save_local_answer(case.application, workplace, "R01", **said)
    member = case.application.employer.memberships.first()
    who = {"assigned_at": AT, "assigned_by": case.owner}
    ItemOwner.objects.create(application=case.application, item="R01", membership=member, **who)
    said = {"employer": case.application.employer, "standard_code": "NMX", "what": "Firmar", "created_at": AT}
    ImprovementAction.objects.create(created_by=case.owner, criterion="R01", **said)
    return case


def test_what_is_the_employers_stays():
    case = full_draft()
    pk, folio, documents = case.application.pk, case.application.folio, Document.objects.count()
    discarding.discard(case.fresh(), actor=case.editor, at=LATER)
    assert not Application.objects.filter(pk=pk).exists()
    assert not any(model.objects.exists() for model in (Answer, EvidenceUse, ItemOwner))
    assert Document.objects.count() == documents > 0
    assert ImprovementAction.objects.count() == 1
    assert case.application.employer.workplaces.count() == 2
    event = Event.objects.filter(action="discard").get()
    assert (event.subject_id, event.actor, event.data["folio"]) == (pk, case.editor, folio)
    assert "Así lo hacemos" not in str(event.data)


def test_every_relation_is_known():
    """A new table that points at an application says here whether a draft may be deleted with it."""
    related = {one.get_accessor_name() for one in Application._meta.related_objects}
    assert related - set(discarding.GOES) <= SENT_ALONE, related - set(discarding.GOES) - SENT_ALONE
    assert set(discarding.GOES) <= related


def test_the_page_says_what_goes_and_deletes_on_post(client):
    case = full_draft()
    client.force_login(case.editor)
    address = f"{base(case)}borrar/"
    assert address in client.get(base(case)).content.decode()
    page = client.get(address).content.decode()
    assert "15 respuestas a requisitos" in page
    assert "Tus documentos, con todas sus versiones" in page
    assert Application.objects.count() == 1
    assert client.post(address).url == "/empresa/"
    assert f"Borraste la solicitud {case.application.folio}" in client.get("/empresa/").content.decode()
    assert case.application.folio not in client.get("/empresa/").content.decode()
    assert client.get(address).status_code == 404


def test_a_folio_is_not_given_again(client):
    case = draft()
    folio = case.application.folio
    discarding.discard(case.application, actor=case.owner, at=LATER)
    assert draft().application.folio != folio


def test_the_audit_trail_still_holds(capsys):
    discarding.discard(complete_draft().application, actor=Application.objects.get().created_by, at=LATER)
    call_command("verify_events")
    assert "unbroken" in capsys.readouterr().out


@pytest.mark.parametrize("state", [one for one in State if one != State.DRAFT])
def test_what_was_sent_is_never_deleted(client, state):
    case = make_case(state, answered=False)
    with pytest.raises(ActionRefused, match="retirarla"):
        discarding.discard(case.application, actor=case.owner, at=LATER)
    client.force_login(case.owner)
    assert "no se borra" in client.get(f"{base(case)}borrar/").content.decode()
    assert f"{base(case)}borrar/" not in client.get(base(case)).content.decode()
    assert client.post(f"{base(case)}borrar/").url == base(case)
    assert Application.objects.filter(pk=case.application.pk).exists()


@pytest.mark.parametrize("state", ["withdrawn", "lapsed"])
def test_a_draft_that_ended_unsent_can_go(state):
    case = complete_draft()
    if state == "withdrawn":
        withdraw(case.application, reason="Otro año.", actor=case.owner, at=LATER)
    else:
        Application.objects.update(state=State.LAPSED)
    discarding.discard(case.fresh(), actor=case.owner, at=LATER)
    assert not Application.objects.exists()


def test_readers_strangers_and_the_programme_cannot(client):
    case = complete_draft()
    with pytest.raises(PermissionDenied):
        discarding.discard(case.application, actor=case.reader, at=LATER)
    for who, status in ((case.reader, 403), (case.foreigner, 404), (case.manager, 404), (case.reviewer, 404)):
        client.force_login(who)
        assert client.post(f"{base(case)}borrar/").status_code == status
    client.force_login(case.reader)
    assert "Tu permiso es de lectura" in client.get(f"{base(case)}borrar/").content.decode()
    client.logout()
    assert "/cuenta/" in client.post(f"{base(case)}borrar/").url
    assert Application.objects.count() == 1


LATE = {
    "owner": lambda case: assign(
        case.application, ["R01"], case.application.employer.memberships.first().pk, actor=case.owner, at=LATER
    ),
    "sheet": lambda case: keep_upload(
        case.application, "hoja.xlsx", Read(changes=[], unread=[], exported_at=AT), actor=case.owner, at=LATER
    ),
}


@pytest.mark.parametrize("write", LATE.values(), ids=LATE)
def test_what_comes_after_it_was_deleted_is_told(write):
    case = complete_draft(NMX)
    discarding.discard(case.fresh(), actor=case.editor, at=LATER)
    with pytest.raises(ActionRefused, match="cambió"):
        write(case)


def test_staying_on_a_version_after_it_was_deleted_is_told():
    case, offer = offered()
    discarding.discard(case.fresh(), actor=case.editor, at=LATER)
    with pytest.raises(ActionRefused, match="cambió"):
        migrating.keep(case.application, offer=offer.pk, actor=case.owner, at=LATER)


@pytest.mark.parametrize("beside", [True, False])
def test_who_gives_out_a_part_while_it_is_deleted_sees_a_page(client, beside):
    case = complete_draft(NMX)
    client.force_login(case.owner)
    member = case.application.employer.memberships.first().pk
    address = f"{base(case)}criterios/R01/" if beside else f"{base(case)}encargos/"
    sent = {**shown(client.get(address)), "owner-was": ""} if beside else {"items": "R01"}
    sent |= {f"claim_{code}": "met" for code in Answer.objects.get(criterion="R01").claims}
    with just_before("SAVEPOINT", lambda: discarding.discard(case.fresh(), actor=case.editor, at=LATER)):
        response = client.post(address, {**sent, "note": "Así lo hacemos.", "owner": member})
    assert not Application.objects.exists()
    assert response.status_code in {200, 302}


def test_of_two_the_second_is_told():
    case = complete_draft()
    late = case.fresh()
    withdraw(case.application, reason="Otro año.", actor=case.owner, at=timezone.now())
    with pytest.raises(ActionRefused, match="cambió"):
        discarding.discard(late, actor=case.editor, at=LATER)
    assert Answer.objects.exists()
