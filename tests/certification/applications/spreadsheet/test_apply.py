"""Confirming a sheet: only what is ticked, once, and never over what somebody wrote meanwhile."""

import datetime as dt
import io

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.refusals import ActionRefused
from certification.applications.enums import State
from certification.applications.models import Answer, Application, LocalAnswer, MeasureClaim, RequirementRecord
from certification.applications.saving import save_answer
from certification.applications.spreadsheet import actions
from certification.applications.spreadsheet.changes import lines
from certification.applications.spreadsheet.models import SheetUpload
from certification.applications.spreadsheet.reading import read
from tests.certification.applications.cases import NMX, complete_draft, draft
from tests.certification.applications.spreadsheet.sheets import added, exported, filled
from tests.certification.applications.workplaces import own_answer, several

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 3, 17, 12, tzinfo=dt.UTC)
TYPED = (
    ("Criterios", "R07a", "claim", "En parte"),
    ("Criterios", "R07", "note", "Desde 2024"),
    ("Participación", "P1", "issued_on", "2026-02-01"),
    ("Medidas", "M4", "declared", "No"),
)


def keep(case, file):
    found = read(file, "hoja.xlsx", case.fresh())
    return actions.keep_upload(case.application, "hoja.xlsx", found, actor=case.editor, at=AT)


def shown(case, upload):
    upload.refresh_from_db()
    return lines(case.fresh(), actions.changes_of(upload)[: actions.SHOWN])


def apply(case, upload, ticked=None, actor=None, version=None):
    """Confirm with every tick that the page sets itself, or with those of ``ticked``."""
    ticks = {line.number: line.seen for line in shown(case, upload) if not line.moved} if ticked is None else ticked
    said = {"actor": actor or case.editor, "at": AT, "version": version or upload.version}
    return actions.apply_changes(upload, case.fresh(), ticked=ticks, **said)


def answer(code="R07"):
    return Answer.objects.get(criterion=code)


def test_all_that_was_typed_is_saved_with_who_and_when():
    case = complete_draft(NMX)
    before = answer().version
    upload = keep(case, filled(case, *TYPED))
    assert apply(case, upload).applied == 4
    found = answer()
    assert (found.claims["R07a"], found.claims["R07b"], found.note) == ("partly", "met", "Desde 2024")
    assert (found.updated_by, found.updated_at, found.version) == (case.editor, AT, before + 1)
    letter = RequirementRecord.objects.get(requirement="P1")
    assert (letter.issued_on, letter.reference, letter.is_present) == (dt.date(2026, 2, 1), "1/2026", True)
    assert MeasureClaim.objects.get(measure="M4").is_claimed is False
    upload.refresh_from_db()
    assert (upload.closed_at, upload.changes) == (AT, [])
    assert Application.objects.get().saved_at == AT


def test_only_what_is_ticked():
    case = complete_draft(NMX)
    upload = keep(case, filled(case, *TYPED))
    note = next(line for line in shown(case, upload) if line.then == "Desde 2024")
    assert apply(case, upload, {note.number: note.seen}).applied == 1
    assert (answer().claims["R07a"], answer().note) == ("met", "Desde 2024")
    assert MeasureClaim.objects.get(measure="M4").is_claimed is True
    upload.refresh_from_db()
    assert upload.closed_at == AT


def test_pressed_twice_applies_once():
    case = complete_draft(NMX)
    upload = keep(case, filled(case, *TYPED))
    ticks = {line.number: line.seen for line in shown(case, upload)}
    apply(case, upload, ticks, version=1)
    version = answer().version
    with pytest.raises(ActionRefused, match="ya se había confirmado"):
        apply(case, upload, ticks, version=1)
    assert answer().version == version


def test_an_empty_draft_is_filled():
    case = draft(NMX)
    upload = keep(case, filled(case, *TYPED))
    assert [line.seen for line in shown(case, upload)] == [0, 0, 0, 0]
    assert apply(case, upload).applied == 4
    letter = RequirementRecord.objects.get()
    assert (letter.is_present, letter.issued_on) == (False, dt.date(2026, 2, 1))
    assert (answer().claims, answer().note) == ({"R07a": "partly"}, "Desde 2024")


def test_what_the_portal_changed_since_the_export_stays():
    case = complete_draft(NMX)
    file = filled(case, *TYPED)
    said = {"claims": {"R07a": "met", "R07b": "met"}, "note": "Del portal", "seen_version": answer().version}
    save_answer(case.application, "R07", **said, actor=case.owner, at=AT)
    upload = keep(case, file)
    moved = [(line.question, line.now, line.then) for line in shown(case, upload) if line.moved]
    assert moved == [("¿Cómo lo hacen?", "Del portal", "Desde 2024")]
    assert apply(case, upload).applied == 3
    assert (answer().note, answer().claims["R07a"]) == ("Del portal", "partly")


def test_what_somebody_saves_while_the_page_is_read_is_refused_alone():
    case = complete_draft(NMX)
    upload = keep(case, filled(case, *TYPED))
    ticks = {line.number: line.seen for line in shown(case, upload)}
    said = {"claims": {}, "note": "Entretanto", "seen_version": answer().version}
    save_answer(case.application, "R07", **said, actor=case.owner, at=AT)
    outcome = apply(case, upload, ticks)
    assert (outcome.applied, outcome.conflicts) == (2, 2)
    assert answer().note == "Entretanto"
    left = shown(case, upload)
    assert [(line.now, line.then, line.moved) for line in left] == [
        ("Entretanto", "Desde 2024", True), ("Sin responder", "En parte", True),
    ]  # fmt: skip
    assert apply(case, upload, {line.number: line.seen for line in left}).applied == 2
    assert answer().note == "Desde 2024"


def test_what_was_sent_meanwhile_takes_nothing_and_loses_nothing():
    case = complete_draft(NMX)
    upload = keep(case, filled(case, *TYPED))
    ticks = {line.number: line.seen for line in shown(case, upload)}
    Application.objects.update(state=State.SUBMITTED, submitted_at=timezone.now())
    outcome = apply(case, upload, ticks)
    assert (outcome.applied, len(outcome.refusals)) == (0, 1)
    upload.refresh_from_db()
    assert (answer().note, len(upload.changes), upload.closed_at) == ("Así lo hacemos.", 4, None)


def test_who_may_not_write_changes_nothing():
    case = complete_draft(NMX)
    upload = keep(case, filled(case, *TYPED))
    with pytest.raises(PermissionDenied):
        apply(case, upload, actor=case.reader)
    upload.refresh_from_db()
    assert (answer().note, len(upload.changes)) == ("Así lo hacemos.", 4)


def test_a_workplace_begins_to_answer_otherwise():
    case = several(case=complete_draft(NMX))
    upload = keep(case, added(case, ("Planta Norte", "R07a", "Todavía no", None, None)))
    (line,) = shown(case, upload)
    assert (line.workplace, line.now, line.then) == ("Planta Norte", "Sí", "Todavía no")
    apply(case, upload)
    own = LocalAnswer.objects.get()
    assert own.claims == {**answer().claims, "R07a": "not_met"}
    assert (own.workplace.name, own.note, own.is_in_force) == ("Planta Norte", answer().note, True)


@pytest.mark.parametrize("is_return", [False, True])
def test_workplaces_are_read_once_however_many_rows_are_saved(is_return):
    counts = []
    for many in (1, 5):
        case = several(case=complete_draft(NMX))
        codes = [f"R{number:02d}" for number in range(7, 7 + many)]
        for code in codes:
            own_answer(case, "Planta Sur", code, {code: "not_met"})
        gone = filled(case, *[("Centros", code, "own", "No") for code in codes])
        new = added(case, *[("Planta Norte", code, None, "Aquí no", None) for code in codes])
        upload = keep(case, gone if is_return else new)
        with CaptureQueriesContext(connection) as asked:
            assert apply(case, upload).applied == many
        counts.append(sum('FROM "employers_workplace"' in one["sql"] for one in asked))
    assert counts[0] == counts[1]


def test_a_row_that_says_what_the_employer_says_is_no_difference():
    case = several(case=complete_draft(NMX))
    upload = keep(case, added(case, ("Planta Norte", "R07a", "Sí", None, None)))
    assert shown(case, upload) == []


@pytest.mark.parametrize(("word", "counts"), [("No", True), ("Sí", False)])
def test_a_workplace_stops_or_begins_again(word, counts):
    case = several(case=complete_draft(NMX))
    own = own_answer(case, "Planta Sur", "R07", {"R07a": "not_met"}, note="En obra", is_in_force=counts)
    upload = keep(case, filled(case, ("Centros", "R07", "own", word)))
    assert apply(case, upload).applied == 1
    own.refresh_from_db()
    assert (own.is_in_force, own.note, own.claims) == (not counts, "En obra", {"R07a": "not_met"})


def test_a_workplace_that_went_back_meanwhile_is_asked_about():
    case = several(case=complete_draft(NMX))
    own_answer(case, "Planta Sur", "R07", {"R07a": "not_met"})
    file = filled(case, ("Centros", "R07a", "claim", "En parte"))
    LocalAnswer.objects.update(is_in_force=False)
    assert [line.moved for line in shown(case, keep(case, file))] == [True]


def test_a_new_sheet_replaces_what_was_not_confirmed():
    case = complete_draft(NMX)
    first, second = keep(case, filled(case, *TYPED)), keep(case, filled(case, TYPED[0]))
    first.refresh_from_db()
    assert (first.changes, first.closed_at, len(second.changes)) == ([], AT, 1)
    assert list(SheetUpload.objects.visible_to(case.editor).open()) == [second]
    assert not SheetUpload.objects.visible_to(case.owner).exists()
    with pytest.raises(ActionRefused):
        apply(case, first, {})


def test_cancelling_changes_nothing_and_twice_is_no_fault():
    case = complete_draft(NMX)
    upload = keep(case, filled(case, *TYPED))
    actions.cancel_upload(upload, at=AT)
    actions.cancel_upload(upload, at=AT + dt.timedelta(days=1))
    upload.refresh_from_db()
    assert (upload.closed_at, upload.changes, answer().note) == (AT, [], "Así lo hacemos.")


def test_what_is_done_or_old_is_swept():
    case = complete_draft(NMX)
    done, file = keep(case, filled(case, *TYPED)), filled(case, TYPED[0])
    waiting = keep(case, file)
    assert actions.sweep_uploads(at=AT + dt.timedelta(days=29)) == 1
    assert list(SheetUpload.objects.all()) == [waiting]
    assert done.pk != waiting.pk
    out = io.StringIO()
    call_command("sweep_files", stdout=out)  # long after AT
    assert out.getvalue().endswith("1 uploaded sheets forgotten.\n")
    assert not SheetUpload.objects.exists()


def test_many_changes_are_confirmed_in_parts(monkeypatch):
    monkeypatch.setattr(actions, "SHOWN", 3)
    case = complete_draft(NMX)
    upload = keep(case, filled(case, *TYPED))
    assert apply(case, upload).applied == 3
    upload.refresh_from_db()
    assert (len(upload.changes), upload.closed_at) == (1, None)
    assert apply(case, upload).applied == 1
    assert exported(case)
