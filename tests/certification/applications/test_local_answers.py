"""Workplaces that answer otherwise: what is saved, what counts, what is missing and what is frozen."""

import datetime as dt
import json

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.refusals import ActionRefused
from certification.applications import dossier as dossiers
from certification.applications import hub, readiness, snapshot
from certification.applications.enums import State
from certification.applications.local_answers import return_to_general, save_local_answer
from certification.applications.models import LocalAnswer, Observation
from certification.applications.owners.team import team_of
from certification.applications.saving import EditConflictError, Seen
from certification.standards.enums import Claim
from tests.certification.applications.cases import complete_draft
from tests.certification.applications.workplaces import own_answer, several
from tests.certification.review.factories import DECLARED, answer_all, make_case, send
from tests.employers.factories import WorkplaceFactory

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 3, 17, 12, tzinfo=dt.UTC)
CODE = "DEI-1.1"


def load(case):
    return dossiers.load(case.fresh(), timezone.localdate())


def save(case, name="Planta Norte", note="Aquí es distinto.", seen=0, actor=None, **changes):
    workplace = case.application.employer.workplaces.get(name=name)
    said = {"claims": {CODE: "partly"}, "note": note, "seen": Seen(seen), "actor": actor or case.editor, "at": AT}
    return save_local_answer(case.application, workplace, CODE, **(said | changes))


def go_back(case, name="Planta Norte", seen=1, actor=None):
    workplace = case.application.workplaces.get(name=name)
    return_to_general(case.application, workplace, CODE, seen_version=seen, actor=actor or case.editor, at=AT)


def test_a_workplace_without_its_own_answer_stands_by_the_employers():
    case = several()
    before = load(case).score
    save(case)
    loaded = load(case)
    assert before.criterion(CODE).claim == Claim.MET
    assert loaded.score.criterion(CODE).claim == Claim.PARTLY
    assert loaded.score.differences[CODE][0].workplaces == ("Planta Norte",)
    general, local = loaded.statements(CODE)
    assert [place.name for place in general.workplaces] == ["Planta Este", "Planta Sur"]
    assert (local.workplace.name, local.answer.note) == ("Planta Norte", "Aquí es distinto.")


def test_versions_count_and_the_second_of_two_is_told():
    case = several()
    assert [save(case), save(case, note="dos", seen=1)] == [1, 2]
    with pytest.raises(EditConflictError) as caught:
        save(case, note="tres", seen=1)
    assert (caught.value.stored.note, caught.value.stored.version) == ("dos", 2)
    assert save(case, name="Planta Sur") == 1


def test_going_back_keeps_what_was_typed_and_versions_go_on():
    case = several()
    save(case)
    go_back(case)
    row = LocalAnswer.objects.get()
    assert (row.is_in_force, row.note, row.version) == (False, "Aquí es distinto.", 2)
    assert load(case).local == {}
    assert load(case).score.criterion(CODE).claim == Claim.MET
    go_back(case, seen=1)  # twice is no fault
    assert save(case, note="otra vez", seen=2) == 3
    assert load(case).score.criterion(CODE).claim == Claim.PARTLY


def test_an_editor_who_did_not_see_it_go_back_is_told():
    case = several()
    save(case)
    go_back(case)
    with pytest.raises(EditConflictError) as caught:
        save(case, seen=1)  # the very text that is stored, but out of force
    assert not caught.value.stored.is_in_force


def test_going_back_from_what_somebody_changed_is_refused():
    case = several()
    save(case)
    save(case, note="dos", seen=1)
    with pytest.raises(EditConflictError):
        go_back(case, seen=1)
    assert LocalAnswer.objects.get().is_in_force


def test_who_may_not_write_and_where():
    case = several()
    for person in (case.reader, case.foreigner, case.manager):
        with pytest.raises(PermissionDenied):
            save(case, actor=person)
        with pytest.raises(PermissionDenied):
            go_back(case, actor=person)
    WorkplaceFactory(employer=case.application.employer, name="Otra")
    with pytest.raises(ActionRefused, match="uno de los varios"):
        save(case, name="Otra")
    alone = complete_draft()
    with pytest.raises(ActionRefused, match="uno de los varios"):
        save(alone, name=alone.application.workplaces.get().name)
    assert not LocalAnswer.objects.exists()


def test_one_row_a_workplace_and_criterion():
    case = several()
    own_answer(case, "Planta Sur", CODE, {CODE: "met"})
    with pytest.raises(IntegrityError), transaction.atomic():
        own_answer(case, "Planta Sur", CODE, {CODE: "partly"})


def test_with_observations_only_an_observed_criterion_may_change_in_a_workplace():
    case = several(case=make_case(State.OBSERVED))
    Observation.objects.create(
        application=case.application, round=1, item=CODE, pointer="p. 1", rule="Política", reason="Falta firma",
        created_at=AT, created_by=case.reviewer,
    )  # fmt: skip
    assert save(case) == 1
    assert Observation.objects.get().answered_at == AT
    own = own_answer(case, "Planta Sur", "DEI-1.2", {"DEI-1.2": "partly"})
    said = {"claims": {}, "note": "no", "seen": None, "actor": case.editor, "at": AT}
    with pytest.raises(ActionRefused):
        save_local_answer(case.application, own.workplace, "DEI-1.2", **said)
    case.application.state = State.IN_REVIEW
    case.application.save()
    with pytest.raises(ActionRefused):
        save(case, seen=1)


def test_an_answer_of_a_workplace_that_left_the_application_does_not_count():
    case = several()
    row = own_answer(case, "Planta Sur", CODE, {CODE: "not_met"})
    case.application.workplaces.remove(row.workplace)
    assert load(case).score.criterion(CODE).claim == Claim.MET


def test_what_is_missing_names_the_workplace_and_leads_to_it():
    case = several()
    assert not [one for one in readiness.missing(load(case)) if one.blocks]
    own = own_answer(case, "Planta Sur", CODE, {})
    (missing,) = [one for one in readiness.missing(load(case)) if one.blocks]
    assert "di si se cumple en Planta Sur" in missing.text
    assert missing.url.endswith(f"/criterios/{CODE}/centros/{own.workplace_id}/#id_claim_{CODE}_0")
    assert task(case).word == "En curso"


def test_what_every_workplace_answers_itself_is_not_asked_of_the_employer():
    case = several()
    case.application.answers.filter(criterion=CODE).delete()
    for name in ("Planta Norte", "Planta Sur", "Planta Este"):
        own_answer(case, name, CODE, {CODE: "met"})
    assert not [one for one in readiness.missing(load(case)) if one.blocks]
    assert task(case).word == "Listo"


def test_evidence_of_one_workplace_proves_nothing_of_the_others():
    case = several()
    norte = case.application.workplaces.get(name="Planta Norte")
    case.application.evidence_uses.filter(item=CODE).update(workplace=norte)
    (missing,) = [one for one in readiness.missing(load(case)) if one.blocks]
    assert "se cumple en Planta Este, Planta Sur; adjunta" in missing.text
    assert task(case).word == "Falta evidencia"
    own_answer(case, "Planta Este", CODE, {CODE: "not_met"})
    (missing,) = [one for one in readiness.missing(load(case)) if one.blocks]
    assert "se cumple en Planta Sur; adjunta" in missing.text


def test_a_workplace_that_claims_what_the_others_do_not_has_to_prove_it():
    case = several()
    case.application.answers.filter(criterion=CODE).update(claims={CODE: "not_met"})
    case.application.evidence_uses.filter(item=CODE).delete()
    assert not [one for one in readiness.missing(load(case)) if one.blocks]
    own_answer(case, "Planta Norte", CODE, {CODE: "met"})
    (missing,) = [one for one in readiness.missing(load(case)) if one.blocks]
    assert "adjunta al menos una evidencia" in missing.text


def test_own_answers_are_frozen_with_their_workplace():
    case = several()
    own_answer(case, "Planta Norte", CODE, {CODE: "partly"}, note="Sólo de día.")
    own_answer(case, "Planta Sur", CODE, {CODE: "partly"}, is_in_force=False)
    norte = case.application.workplaces.get(name="Planta Norte")
    case.application.evidence_uses.filter(item=CODE).update(workplace=norte)
    frozen = json.loads(snapshot.take(load(case), declaration=DECLARED, at=AT))
    assert [place.get("answers") for place in frozen["workplaces"]] == [
        None,
        {CODE: {"claims": {CODE: "partly"}, "note": "Sólo de día."}},
        None,
    ]
    assert [use.get("workplace") for use in frozen["evidence"][CODE]] == ["Planta Norte"]
    assert "workplace" not in frozen["evidence"]["DEI-1.2"][0]


def test_what_was_sent_is_no_longer_so_with_another_answer_of_a_workplace():
    case = make_case(State.IN_REVIEW, answered=False)
    answer_all(case.application, sent=False)
    row = own_answer(several(case=case), "Planta Norte", CODE, {CODE: "partly"})
    send(case.application)
    assert snapshot.is_as_sent(load(case))
    row.claims = {CODE: "met"}
    row.save()
    assert not snapshot.is_as_sent(load(case))


def task(case):
    groups = hub.build(load(case), team_of(case.application)).groups
    return next(one for group in groups for one in group.tasks if one.code == CODE)
