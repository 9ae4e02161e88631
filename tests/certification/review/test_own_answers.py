"""What reviewers and deciders read of workplaces that answer otherwise."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from certification.applications.enums import State
from certification.applications.local_answers import return_to_general
from certification.applications.models import Observation
from certification.review.casefile import load
from certification.standards.enums import Claim
from tests.certification.applications.workplaces import own_answer, several
from tests.certification.review.factories import AT, LATER, make_case, use_of, verify

pytestmark = pytest.mark.django_db
CODE = "DEI-1.1"


@pytest.fixture
def case():
    case = several(case=make_case(State.IN_REVIEW))
    own_answer(case, "Planta Norte", CODE, {CODE: "partly"}, note="Sólo de día.")
    return case


def line(case, code=CODE):
    return load(case.fresh()).line(code)


def test_a_line_has_the_claim_that_counts_and_those_of_the_workplaces(case):
    found = line(case)
    assert (found.claim, found.claims, found.note) == (Claim.PARTLY, {CODE: "partly"}, "Así lo hacemos.")
    (own,) = found.own_answers
    assert (own.workplace.name, own.claim, own.answer.note) == ("Planta Norte", Claim.PARTLY, "Sólo de día.")
    assert line(case, "DEI-1.2").own_answers == []


def test_what_nobody_stands_by_is_not_quoted(case):
    for name in ("Planta Sur", "Planta Este"):
        own_answer(case, name, CODE, {CODE: "met"})
    assert (line(case).note, line(case).general) == ("", "")


def test_sub_items_that_differ_are_named():
    case = several(case=make_case(State.IN_REVIEW, name="nmx-r-025-scfi-2015"))
    answer = case.application.answers.get(criterion="R07")
    first, *_others = answer.claims
    own_answer(case, "Planta Sur", "R07", {**answer.claims, first: "not_met"})
    (own,) = line(case, "R07").own_answers
    assert [(part.code, claim) for part, claim in own.parts] == [(first, Claim.NOT_MET)]
    assert own.claim == Claim.PARTLY


def test_a_verdict_is_stale_after_a_workplace_changed(case):
    verify(case, at=timezone.now() - dt.timedelta(days=2))
    assert line(case).is_stale
    assert not line(case, "DEI-1.2").is_stale


def test_a_verdict_is_stale_after_a_workplace_went_back(case):
    case.application.local_answers.update(updated_at=AT)
    verify(case, CODE, "partly", at=LATER)
    application = case.application
    application.state = State.OBSERVED
    application.save()
    Observation.objects.create(
        application=application, round=1, item=CODE, pointer="p", rule="r", reason="x", created_at=LATER,
        created_by=case.reviewer,
    )  # fmt: skip
    assert not line(case).is_stale
    place = application.workplaces.get(name="Planta Norte")
    return_to_general(application, place, CODE, seen_version=1, actor=case.editor, at=LATER + dt.timedelta(days=1))
    assert not line(case).is_stale  # nothing of it is read before it is sent
    type(application).objects.filter(pk=application.pk).update(state=State.IN_REVIEW)
    assert line(case).is_stale


def test_the_pages_of_the_programme_say_where(case, client):
    use = use_of(case.application, CODE)
    use.workplace = case.application.workplaces.get(name="Planta Norte")
    use.save()
    client.force_login(case.reviewer)
    item = client.get(f"/revision/{case.application.folio}/{CODE}/").content.decode()
    assert "«Sólo de día.»" in item
    assert "Los demás centros: Cumple." in item
    assert "sólo para Planta Norte" in item
    detail = client.get(f"/revision/{case.application.folio}/").content.decode()
    assert detail.count("distinto en 1 centro") == 1


def test_whoever_decides_reads_it_in_the_table(client):
    case = several(case=make_case(State.RECOMMENDED))
    own_answer(case, "Planta Norte", CODE, {CODE: "partly"})
    client.force_login(case.decider)
    page = client.get(f"/revision/{case.application.folio}/dictamen/").content.decode()
    assert "<small>Planta Norte: En parte</small>" in page


def test_the_file_costs_the_same_with_forty_workplaces():
    def queries(count):
        names = tuple(f"Centro {number:02}" for number in range(count))
        case = several(names, case=make_case(State.IN_REVIEW))
        for name in names[1:]:
            own_answer(case, name, CODE, {CODE: "partly"})
        application = case.fresh()
        with CaptureQueriesContext(connection) as counted:
            assert len(load(application).line(CODE).own_answers) == count - 1
        return len(counted)

    assert queries(2) == queries(40)
