"""After an answer the reviewer sees what is new in it, and that lies open first."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from certification.applications import actions, saving
from certification.applications.enums import State
from certification.applications.models import Answer
from certification.review import actions as review
from tests.certification.applications.cases import prove_all, signed
from tests.certification.evidence.factories import RevisionFactory
from tests.certification.review.factories import DECLARED, answer_all, make_case, send, use_of, verify

pytestmark = pytest.mark.django_db
NEW = "Nuevo en esta ronda"


def observed_case():
    """Two documents of DEI-1.1 were sent, one more of every criterion, and DEI-1.1 is observed."""
    case = make_case(State.IN_REVIEW, answered=False)
    answer_all(case.application, sent=False)
    case.uses = [use_of(case.application, "DEI-1.1") for _ in range(2)]
    prove_all(case)
    send(case.application)
    verify(case, at=timezone.now())
    verify(case, "DEI-1.1", "not_met", at=timezone.now())
    review.observe(case.fresh(), items=["DEI-1.1"], actor=case.reviewer, at=timezone.now())
    case.application = case.fresh()
    return case


def answer(case):
    stored = Answer.objects.get(application=case.application, criterion="DEI-1.1")
    said = {"claims": stored.claims, "note": "Ya está firmada.", "seen_version": stored.version}
    saving.save_answer(case.application, "DEI-1.1", **said, actor=case.editor, at=timezone.now())
    actions.submit(case.application, declaration=DECLARED, sign=signed, actor=case.owner, at=timezone.now())


def documents(client, case, item="DEI-1.1"):
    """Whether each document of the item is new, and the numbers of those that lie open."""
    client.force_login(case.reviewer)
    page = client.get(f"/revision/{case.application.folio}/{item}/").content.decode()
    rows = page.split("evidence-list")[1].split("</ul>")[0].split("<li>")[1:]
    return [NEW in row for row in rows], [number for number, row in enumerate(rows) if "aria-current" in row]


def test_what_was_added_is_marked_and_open(client):
    case = observed_case()
    use_of(case.application, "DEI-1.1")
    answer(case)
    new, opened = documents(client, case)
    assert sum(new) == 1
    assert opened == [new.index(True)]
    assert documents(client, case, "DEI-1.2")[0] == [False]  # the one that was sent with it


def test_another_file_and_other_words_are_new_too(client):
    case = observed_case()
    one, other = case.uses
    one.revision = RevisionFactory(document=one.document, number=2, created_by=case.owner)
    one.save()
    case.application.evidence_uses.filter(pk=other.pk).update(shows="La firma está al final.")
    answer(case)
    new, opened = documents(client, case)
    assert new == [True, True, False]
    assert opened == [0]


def test_before_the_first_answer_nothing_is_new(client):
    case = observed_case()
    use_of(case.application, "DEI-1.1")
    new, opened = documents(client, case)
    assert (new, opened) == ([False, False, False], [0])


def test_an_answer_without_new_evidence_marks_none(client):
    case = observed_case()
    answer(case)
    assert documents(client, case) == ([False, False, False], [0])


def test_more_documents_ask_no_more_queries(client):
    case, counts = observed_case(), []
    answer(case)
    for _more in range(2):
        documents(client, case)
        with CaptureQueriesContext(connection) as queries:
            documents(client, case)
        counts.append(len(queries))
        for _one in range(3):
            use_of(case.application, "DEI-1.1")
    assert counts[0] == counts[1]
