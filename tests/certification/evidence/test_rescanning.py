"""What was clean is scanned again; a virus that is known only then is told to the employer and to the programme."""

import datetime as dt
from io import StringIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from audit.models import Event
from certification.applications.enums import State
from certification.evidence.models import Revision
from certification.evidence.rescanning import rescan
from tests.certification.evidence import files
from tests.certification.evidence.factories import RevisionFactory
from tests.certification.review.factories import make_case, use_of

pytestmark = pytest.mark.django_db
NOW = timezone.now()
DAY = dt.timedelta(days=1)


def stored(content, scanned_days=None, **more):
    """A clean revision whose content is in the store, scanned so many days ago, or never."""
    revision = RevisionFactory(**more)
    scanned = {} if scanned_days is None else {"scanner": "ClamAV 1/1", "scanned_at": NOW - scanned_days * DAY}
    Revision.objects.filter(pk=revision.pk).update(
        file=default_storage.save("evidence/1/a", ContentFile(content)), **scanned
    )
    revision.refresh_from_db()
    return revision


def test_only_what_was_not_seen_for_so_long_is_scanned(clamd):
    fresh, old, never = (stored(files.pdf(), days) for days in (2, 40, None))
    assert rescan(days=30, at=NOW) == (2, 0)
    assert rescan(days=30, at=NOW) == (0, 0)
    for revision in (old, never):
        revision.refresh_from_db()
        assert (revision.scanned_at, revision.scanner[:7]) == (NOW, "ClamAV ")
    fresh.refresh_from_db()
    assert fresh.scanned_at == NOW - 2 * DAY


def test_virus_found_later_is_refused_once_and_recorded(clamd):
    revision = stored(files.EICAR, 40)
    assert rescan(days=30, at=NOW) == (1, 1)
    assert rescan(days=0, at=NOW + DAY) == (0, 0)
    revision.refresh_from_db()
    assert (revision.state, revision.scanner, revision.checked_at) == ("rejected", "", NOW)
    event = Event.objects.about(revision.document).get()
    assert (event.action, event.actor, event.data["passed_before"]) == ("revision_refused", None, True)
    assert "Eicar-Test" in event.reason


def test_scanner_that_is_down_changes_nothing(clamd, settings):
    revision = stored(files.EICAR, 40)
    settings.CLAMD_SOCKET = "/nobody"
    assert rescan(days=30, at=NOW) == (0, 0)
    revision.refresh_from_db()
    assert (revision.state, revision.scanner) == ("clean", "ClamAV 1/1")


def test_run_is_bounded_and_the_next_one_goes_on(clamd, monkeypatch):
    monkeypatch.setattr("certification.evidence.rescanning.MOST", 2)
    for _ in range(3):
        stored(files.pdf())
    assert [rescan(days=1, at=NOW)[0] for _run in range(3)] == [2, 1, 0]


def test_employer_and_programme_read_it_and_the_use_stays(client, clamd):
    case = make_case(State.IN_REVIEW)
    use = use_of(case.application, "DEI-1.1")
    Revision.objects.filter(pk=use.revision_id).update(
        file=default_storage.save("evidence/1/a", ContentFile(files.EICAR))
    )
    rescan(days=30, at=NOW)
    folio = case.application.folio
    for person, name, words in (
        (case.editor, "application_detail", "Hay archivos que no aceptamos"),
        (case.reviewer, "review_detail", "Hay archivos que ya no se pueden abrir"),
        (case.manager, "review_detail", "Hay archivos que ya no se pueden abrir"),
    ):
        client.force_login(person)
        text = client.get(reverse(name, args=[folio])).text
        assert words in text
        assert "DEI-1.1</a>" in text
    client.force_login(case.reviewer)
    assert "Eicar-Test" in client.get(reverse("review_item", args=[folio, "DEI-1.1"])).text
    use.refresh_from_db()
    assert use.revision.state == "rejected"


@pytest.mark.parametrize(("scanner", "is_marked"), [("", True), ("ClamAV 1/1", False)])
def test_programme_reads_where_no_antivirus_looked(client, scanner, is_marked):
    case = make_case(State.IN_REVIEW)
    use = use_of(case.application, "DEI-1.1")
    Revision.objects.filter(pk=use.revision_id).update(scanner=scanner, scanned_at=NOW if scanner else None)
    client.force_login(case.reviewer)
    text = client.get(reverse("review_item", args=[case.application.folio, "DEI-1.1"])).text
    assert ("Sin antivirus" in text) == is_marked


def test_command_scans_when_asked(clamd):
    stored(files.EICAR)
    out = StringIO()
    call_command("check_files", stdout=out)
    assert "scanned again" not in out.getvalue()
    call_command("check_files", rescan_days=30, stdout=out)
    assert "1 files scanned again, 1 of them refused." in out.getvalue()


def test_command_says_what_it_needs():
    with pytest.raises(CommandError, match="needs CLAMD_SOCKET"):
        call_command("check_files", rescan_days=30)
