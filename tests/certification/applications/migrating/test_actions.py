"""Moving a draft to a newer version: what is carried, what is kept, and who may when."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.refusals import ActionRefused
from audit.models import Event
from certification.applications import dossier as dossiers
from certification.applications import snapshot
from certification.applications.enums import State
from certification.applications.migrating import actions, offering
from certification.applications.migrating.copies import take
from certification.applications.migrating.enums import Choice
from certification.applications.migrating.models import MigrationChoice, MigrationOffer
from certification.applications.migrating.preview import kept_by, preview, to_review
from certification.applications.models import Answer
from certification.applications.saving import save_answer
from certification.applications.spreadsheet import actions as sheets
from certification.applications.spreadsheet.reading import read
from tests.certification.amendments.factories import drop_criterion, rename_criterion, set_criterion, together
from tests.certification.applications.cases import complete_draft, draft
from tests.certification.applications.migrating.versions import accept, go_back, newer, offered
from tests.certification.applications.spreadsheet.sheets import filled
from tests.certification.applications.workplaces import own_answer, several
from tests.certification.review.factories import AT, DECLARED, make_case

pytestmark = pytest.mark.django_db
LATER = AT + dt.timedelta(hours=1)
GONE, REWORDED, HEAVIER = "DEI-1.2", "DEI-2.1", "DEI-1.1"
CHANGE = together(drop_criterion(GONE, HEAVIER), set_criterion(REWORDED, guidance="Otra cosa."))


def said_of(application):
    """All it says, but for the version that asks."""
    return {kind: said for kind, said in take(application).items() if kind != "standard"}


def dossier_of(application):
    return dossiers.load(application, timezone.localdate())


def test_a_move_carries_everything_by_code():
    case, offer = offered(CHANGE)
    before = said_of(case.application)
    moved = accept(case, offer)
    assert moved.standard == offer.target
    assert said_of(moved) == before
    loaded = dossier_of(moved)
    assert set(loaded.answers) == {criterion.code for criterion in offer.target.document.criteria}
    assert GONE not in loaded.uses
    event = Event.objects.about(moved).last()
    assert (event.action, event.actor, event.data) == ("migrate", case.editor, {"from": "2019.1", "to": "2030.1"})


def waiting(case):
    """A sheet with a change in it, uploaded and not confirmed."""
    found = read(filled(case, ("Criterios", REWORDED, "note", "De la hoja")), "hoja.xlsx", case.fresh())
    return sheets.keep_upload(case.fresh(), "hoja.xlsx", found, actor=case.editor, at=AT)


@pytest.mark.parametrize("is_back", [False, True])
def test_a_sheet_of_the_version_that_is_left_is_let_go(is_back):
    case, offer = offered(CHANGE)
    if is_back:
        accept(case, offer)
    upload = waiting(case)
    moved = go_back(case) if is_back else accept(case, offer)
    upload.refresh_from_db()
    assert (upload.closed_at, upload.changes) == (AT, [])
    for version in (1, 2):
        said = {"version": version, "ticked": {0: 1}, "actor": case.editor, "at": AT}
        with pytest.raises(ActionRefused, match="cambió de versión"):
            sheets.apply_changes(upload, moved, **said)
    assert Answer.objects.get(application=moved, criterion=REWORDED).note != "De la hoja"


def test_what_is_gone_is_kept_to_be_read_and_is_not_sent():
    case, offer = offered(CHANGE)
    moved = accept(case, offer)
    (one,) = kept_by(moved)
    assert (one.code, one.notes) == (GONE, ("Así lo hacemos.",))
    assert [(code, claim.value) for code, claim in one.claims] == [(GONE, "met")]
    assert len(one.documents) == 1
    assert GONE not in snapshot.take(dossier_of(moved), declaration=DECLARED, at=AT)
    assert Answer.objects.filter(application=moved, criterion=GONE).exists()


def test_what_a_workplace_says_goes_along_and_what_is_gone_of_it_is_kept():
    case = several(("Planta Norte", "Planta Sur"))
    own_answer(case, "Planta Sur", GONE, {GONE: "partly"}, note="Sólo aquí.")
    own_answer(case, "Planta Sur", REWORDED, {REWORDED: "partly"})
    case, offer = offered(CHANGE, case=case)
    moved = accept(case, offer)
    assert set(dossier_of(moved).local) == {REWORDED}
    (one,) = kept_by(moved)
    assert "Sólo aquí." in one.notes
    assert [code for code, _claim in one.claims] == [GONE, f"{GONE} — Planta Sur"]


def test_what_changed_is_to_be_reviewed_until_it_is_saved():
    case, offer = offered(CHANGE)
    moved = accept(case, offer)
    assert set(to_review(moved)) == {REWORDED, HEAVIER}
    said = {"claims": {REWORDED: "partly"}, "note": "Visto.", "actor": case.editor, "at": LATER}
    save_answer(moved, REWORDED, seen_version=1, **said)
    assert set(to_review(moved)) == {HEAVIER}


def test_nothing_is_to_be_reviewed_without_a_move():
    case, offer = offered(CHANGE)
    assert to_review(case.application) == {}
    actions.keep(case.application, offer=offer.pk, actor=case.editor, at=AT)
    assert to_review(case.application) == {}


def test_preview_tells_points_and_parts():
    case, offer = offered(together(CHANGE, set_criterion("DEI-3.1", critical=True)))
    Answer.objects.filter(criterion="DEI-3.1").update(claims={"DEI-3.1": "not_met"})
    found = preview(case.fresh(), offer, timezone.localdate())
    assert {line.code: line.change.value for line in found.changed} == {
        GONE: "gone",
        REWORDED: "reworded",
        HEAVIER: "reweighted",
        "DEI-3.1": "reweighted",
    }
    assert (found.same, found.carried) == (5, 8)
    assert (found.before.level.code, found.after.level) == ("otorgado", None)


def test_preview_tells_what_is_new_and_was_not_answered():
    case, offer = offered(rename_criterion(REWORDED, "DEI-9.9"), case=draft())
    found = preview(case.application, offer, timezone.localdate())
    assert [(line.code, line.change.value, line.says) for line in found.changed] == [
        ("DEI-9.9", "new", False),
        (REWORDED, "gone", False),
    ]


def test_staying_is_recorded_once_and_leaves_the_offer():
    case, offer = offered(CHANGE)
    for _ in range(2):
        actions.keep(case.fresh(), offer=offer.pk, actor=case.editor, at=AT)
    assert [one.choice for one in MigrationChoice.objects.all()] == [Choice.KEPT]
    assert accept(case, offer).standard == offer.target


def test_going_back_brings_back_what_was_asked_before():
    case, offer = offered(CHANGE)
    before = said_of(case.application)
    moved = accept(case, offer)
    save_answer(
        moved, REWORDED, claims={REWORDED: "partly"}, note="Nuevo.", seen_version=1, actor=case.editor, at=LATER
    )
    back = go_back(case, at=LATER)
    assert back.standard == offer.source
    after = said_of(back)
    assert after["answers"].pop(REWORDED) == {"claims": {REWORDED: "partly"}, "note": "Nuevo."}
    before["answers"].pop(REWORDED)
    assert after == before
    assert [one.choice for one in MigrationChoice.objects.all()] == [Choice.MOVED, Choice.RETURNED]
    assert actions.move_of(back) is None


def test_it_may_move_again_after_going_back():
    case, offer = offered(CHANGE)
    accept(case, offer)
    go_back(case)
    assert accept(case, offer).standard == offer.target


def test_twice_is_once():
    case, offer = offered(CHANGE)
    stale = case.fresh()
    accept(case, offer)
    with pytest.raises(ActionRefused, match="cambió desde que la abriste"):
        actions.accept(stale, offer=offer.pk, seen_version=stale.version, actor=case.editor, at=AT)
    with pytest.raises(ActionRefused, match="ya no se ofrece"):
        actions.accept(case.fresh(), offer=offer.pk, seen_version=stale.version, actor=case.editor, at=AT)
    assert MigrationChoice.objects.count() == 1


def test_another_tab_that_saves_after_the_move_is_told():
    case, offer = offered(CHANGE)
    stale = case.fresh()
    accept(case, offer)
    said = {"claims": {}, "note": "Tarde", "seen_version": 1, "actor": case.editor, "at": AT}
    with pytest.raises(ActionRefused, match="ya no se puede cambiar aquí"):
        save_answer(stale, GONE, **said)
    assert Answer.objects.get(criterion=GONE).note == "Así lo hacemos."


def test_a_page_of_before_does_not_move_it():
    case, offer = offered(CHANGE)
    with pytest.raises(ActionRefused, match="cambió desde que la abriste"):
        actions.accept(case.fresh(), offer=offer.pk, seen_version=99, actor=case.editor, at=AT)


@pytest.mark.parametrize("state", [State.SUBMITTED, State.IN_REVIEW, State.OBSERVED, State.AWARDED])
def test_what_was_sent_stays_on_its_version(state):
    case, offer = offered(CHANGE, case=make_case(state))
    assert actions.offer_for(case.application) is None
    with pytest.raises(ActionRefused, match="ya no se ofrece"):
        accept(case, offer)


@pytest.mark.parametrize("who", ["reader", "foreigner", "manager", "reviewer"])
def test_who_does_not_edit_does_not_choose(who):
    case, offer = offered(CHANGE)
    actor = getattr(case, who)
    for act in (
        lambda one: actions.accept(one, offer=offer.pk, seen_version=0, actor=actor, at=AT),
        lambda one: actions.keep(one, offer=offer.pk, actor=actor, at=AT),
        lambda one: actions.go_back(one, seen_version=0, actor=actor, at=AT),
    ):
        with pytest.raises(PermissionDenied):
            act(case.fresh())
    assert list(MigrationChoice.objects.visible_to(actor)) == []


def test_going_back_needs_a_move():
    case, _offer = offered(CHANGE)
    with pytest.raises(ActionRefused, match="no puede volver"):
        go_back(case)


# Offering --------------------------------------------------------------------------
def test_only_managers_offer():
    case = complete_draft()
    newer()
    with pytest.raises(PermissionDenied):
        offering.offer(case.application.standard, note="", actor=case.reviewer, at=AT)


def test_the_version_in_force_is_offered_to_older_ones_only():
    case, offer = offered()
    assert offer.target.version == "2030.1"
    for source, sentence in ((offer.target, "es la versión vigente"), (offer.source, "Ya se ofrece")):
        with pytest.raises(ActionRefused, match=sentence):
            offering.offer(source, note="", actor=case.manager, at=AT)


def test_an_offer_of_what_is_no_longer_in_force_stands_no_more():
    case, offer = offered()
    newest = newer(version="2031.1")
    assert actions.offer_for(case.application) is None
    made = offering.offer(offer.source, note="", actor=case.manager, at=LATER)
    assert (made.target, actions.offer_for(case.application)) == (newest, made)
    assert MigrationOffer.objects.get(pk=offer.pk).withdrawn_by == case.manager


def test_withdrawing_an_offer():
    case, offer = offered()
    offering.withdraw(offer, actor=case.manager, at=AT)
    assert actions.offer_for(case.application) is None
    with pytest.raises(ActionRefused, match="Ya se había retirado"):
        offering.withdraw(offer, actor=case.manager, at=AT)
