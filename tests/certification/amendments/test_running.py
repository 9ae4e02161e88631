"""The dry run over what is stored: what was sent counts, in any version; what is private does not."""

import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from certification.amendments import running
from certification.amendments.running import dry_run
from certification.applications.enums import State
from certification.applications.models import Answer, Submission
from certification.standards import actions as standards
from certification.standards.models import Standard
from tests.certification.amendments.factories import drop_criterion, revised, revised_text, set_criterion
from tests.certification.review.factories import AT, NAMED, answer_all, make_application, make_case, send, verify
from tests.certification.standards.factories import DEI, NMX, changed, document_of, publish

SHORT = "DEI-1.2"
STRICTER = revised(set_criterion(SHORT, critical=True), version="2031.1")


def short_case(state=State.SUBMITTED, **how):
    """A file in which DEI-1.2 is claimed in part."""
    case = make_case(state, answered=False, **how)
    answer_all(case.application, sent=False)
    Answer.objects.filter(application=case.application, criterion=SHORT).update(claims={SHORT: "partly"})
    send(case.application)
    return case


def moved(found):
    return [(one.name, one.basis, one.level_before, one.level_after, one.causes) for one in found.changes]


@pytest.mark.django_db
def test_who_was_sent_in_any_version_is_tried():
    older = short_case().application
    standards.publish(revised(version="2030.1"), actor=None, at=AT)
    newer = short_case()
    newer.application.standard = Standard.objects.get(version="2030.1")
    newer.application.save()
    make_case(name=NMX)
    found = dry_run(STRICTER)
    assert (found.applications, found.verified) == (2, 0)
    expected = [(one.folio, "claimed", "otorgado", "", (SHORT,)) for one in (older, newer.application)]
    assert moved(found) == expected
    assert [one.version for one in found.changes] == ["2019.1", "2030.1"]


@pytest.mark.django_db
def test_what_was_never_sent_is_private():
    publish()
    draft = make_case(State.DRAFT, answered=False)
    answer_all(draft.application, sent=False)
    assert dry_run(STRICTER).applications == 0


@pytest.mark.django_db
def test_what_is_being_changed_after_it_was_sent_is_not_read():
    case = short_case(State.OBSERVED)
    Answer.objects.filter(application=case.application, criterion=SHORT).update(claims={SHORT: "met"})
    assert len(dry_run(STRICTER).changes) == 1


@pytest.mark.django_db
def test_the_last_round_counts():
    case = short_case(State.IN_REVIEW)
    first = Submission.objects.get()
    text = first.snapshot.replace('"partly"', '"met"')
    said = {"sha256": first.sha256, "declaration": "Sí", "submitted_at": AT, "submitted_by": case.owner} | NAMED
    Submission.objects.create(application=case.application, round=2, snapshot=text, **said)
    found = dry_run(STRICTER)
    assert (found.applications, found.changes) == (1, [])


@pytest.mark.django_db
def test_what_was_verified_is_tried_besides():
    case = make_case(State.IN_REVIEW)
    verify(case)
    verify(case, SHORT, outcome="not_met")
    found = dry_run(STRICTER)
    assert found.verified == 1
    assert moved(found) == [(case.application.folio, "verified", "otorgado", "", (SHORT,))]


@pytest.mark.django_db
def test_stored_cases_of_the_version_in_force_are_tried():
    publish()
    found = dry_run(revised(set_criterion("DEI-3.1", critical=True)))
    assert found.cases == len(document_of(DEI).cases)
    assert ("umbral", "case", "otorgado", "", ("DEI-3.1",)) in moved(found)


@pytest.mark.django_db
def test_queries_do_not_grow_with_the_applications():
    case = short_case()

    def asked():
        with CaptureQueriesContext(connection) as queries:
            assert dry_run(STRICTER).applications == Submission.objects.count()
        return len(queries)

    one = asked()
    for _ in range(4):
        other = make_application(
            case.application.employer, case.application.standard, case.body, case.reviewer, "submitted"
        )
        answer_all(other)
    assert asked() == one


@pytest.mark.django_db(transaction=True)
def test_two_processes_find_what_one_does(monkeypatch, tmp_path):
    """Each worker has a connection of its own to the database of this test."""
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "config.settings")
    monkeypatch.setenv("VAR_DIR", str(tmp_path))
    monkeypatch.setattr(running, "RANGE", 2)
    case = short_case(State.IN_REVIEW)
    verify(case)
    with transaction.atomic():
        for number in range(4):
            where = (case.application.employer, case.application.standard, case.body, case.reviewer, "submitted")
            answer_all(make_application(*where[:4], state=where[4]), claim="met" if number % 2 else "partly")
    alone = dry_run(STRICTER)
    assert (alone.applications, len(running.ranges_of("DEI"))) == (5, 3)
    assert dry_run(STRICTER, processes=2) == alone


# The command ---------------------------------------------------------------------
def run(*args):
    out = StringIO()
    call_command("standard", "try", *map(str, args), stdout=out)
    return out.getvalue()


@pytest.fixture
def file(tmp_path):
    def write(text):
        path = tmp_path / "norma.yaml"
        path.write_text(text)
        return path

    return write


@pytest.mark.django_db
def test_command_tells_who_changes_and_why(file):
    folio = short_case().application.folio
    told = run(file(revised_text(set_criterion(SHORT, critical=True))))
    assert "Solicitudes: 1 (0 revisadas)" in told
    assert "declarado: otorgado → ninguno: 1" in told
    row = next(line for line in told.splitlines() if folio in line)
    assert row.split() == [folio, "declarado", "2019.1", "otorgado", "→", "ninguno", "95", "→", "95", SHORT, "—"]


@pytest.mark.django_db
def test_command_tells_what_cannot_be_carried(file):
    short_case()
    assert f"No se puede llevar: {SHORT} (1)" in run(file(revised_text(drop_criterion(SHORT, "DEI-1.1"))))


@pytest.mark.django_db
def test_command_writes_everything_as_json(file):
    folio = short_case().application.folio
    path = file(revised_text(set_criterion(SHORT, critical=True)))
    found = json.loads(run("--json", path))[str(path)]
    assert (found["applications"], found["changed"]) == (1, len(found["changes"]))
    assert [one["causes"] for one in found["changes"] if one["name"] == folio] == [[SHORT]]


@pytest.mark.django_db
def test_command_stores_nothing(file):
    publish()
    run(file(changed(DEI, ('version: "2019.1"', 'version: "2031.1"'))))
    assert list(Standard.objects.values_list("version", flat=True)) == ["2019.1"]
