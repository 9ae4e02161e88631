"""The history names the documents that the programme saw, once a day for each person."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from certification.applications.access.actions import record_look, record_original
from certification.applications.access.enums import Look
from certification.applications.enums import State
from certification.applications.hub import history
from certification.applications.hub.history import EVENT_WORDS
from certification.applications.workflow import TRANSITIONS
from certification.evidence.models import Document
from tests.certification.review.factories import LATER, make_case, use_of

pytestmark = pytest.mark.django_db
NEXT_DAY = LATER + dt.timedelta(days=1)


def seen_case():
    """Two documents, one of them used twice, seen by two people on two days."""
    case = make_case(State.IN_REVIEW)
    policy, minutes, again = (use_of(case.application, item) for item in ("DEI-1.1", "DEI-1.2", "DEI-1.3"))
    Document.objects.filter(pk=policy.document_id).update(title="Política de inclusión")
    Document.objects.filter(pk=minutes.document_id).update(title="Acta del comité")
    again.document, again.revision = policy.document, policy.revision
    again.save()
    for use in (policy, minutes, again):
        record_look(use, how=Look.VIEW, actor=case.reviewer, at=LATER)
    record_look(minutes, how=Look.VIEW, actor=case.reviewer, at=NEXT_DAY)
    record_look(policy, how=Look.VIEW, actor=case.manager, at=NEXT_DAY)
    return case


def looks_of(case, **kwargs):
    return [(one["title"], one["text"]) for one in history(case.application, **kwargs) if "vio" in one["title"]]


def test_the_employer_reads_which_documents_were_seen():
    assert looks_of(seen_case()) == [
        ("El programa vio 2 documentos", "Política de inclusión (DEI-1.1, DEI-1.3); Acta del comité (DEI-1.2)"),
        ("El programa vio un documento", "Acta del comité (DEI-1.2)"),
        ("El programa vio un documento", "Política de inclusión (DEI-1.1)"),
    ]


def test_the_programme_reads_who_saw_them():
    case = seen_case()
    texts = [text for _title, text in looks_of(case, for_staff=True)]
    assert [text.split(":")[0] for text in texts] == [str(case.reviewer), str(case.reviewer), str(case.manager)]


def test_both_sides_read_which_original_was_opened_and_why():
    case = make_case(State.IN_REVIEW)
    use = use_of(case.application, "DEI-1.1")
    Document.objects.filter(pk=use.document_id).update(title="Nómina")
    record_original(use, use.revision, reason="No se lee quién la firma.", actor=case.reviewer, at=LATER)
    entries = [history(case.application, for_staff=for_staff) for for_staff in (False, True)]
    told = [
        (one["title"], one["text"])
        for found in entries
        for one in found
        if "original" in f"{one['title']}{one['text']}"
    ]
    title = "El programa abrió el original de un documento"
    text = "Nómina (DEI-1.1). No se lee quién la firma."
    assert told == [(title, text), (title, f"{case.reviewer}: {text}")]


def test_every_transition_has_words():
    assert set(TRANSITIONS) - set(EVENT_WORDS) == set()


def test_however_many_were_seen_it_is_two_queries():
    case, counts = seen_case(), []
    for _more in range(2):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            history(case.application)
        counts.append(len(queries))
        for item in ("DEI-2.1", "DEI-2.2", "DEI-2.3"):
            record_look(use_of(case.application, item), how=Look.VIEW, actor=case.reviewer, at=NEXT_DAY)
    assert counts == [2, 2]
