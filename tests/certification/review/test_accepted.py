"""«Aceptada antes»: what an award accepted is said beside the same content, and nothing else of it."""

import html

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from certification.applications.enums import State
from certification.applications.models import Application, EvidenceUse
from certification.review.models import Verdict
from tests.certification.evidence.factories import RevisionFactory
from tests.certification.review.factories import AT, answer_all, make_application, make_case, standard, use_of, verify

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    return make_case(State.AWARDED)


@pytest.fixture
def use(case):
    verify(case, "DEI-1.1")
    return use_of(case.application, "DEI-1.1")


def another(case, state=State.DRAFT):
    """The next application of the same employer, with the same reviewer."""
    reviewer = case.reviewer if state != State.DRAFT else None
    application = make_application(case.application.employer, standard(), case.body, reviewer, state)
    answer_all(application, sent=False)
    return application


def used_again(application, revision, item="DEI-1.2"):
    said = {"document": revision.document, "created_at": AT, "created_by": application.created_by}
    return EvidenceUse.objects.create(application=application, item=item, revision=revision, **said)


def text(client, user, address):
    client.force_login(user)
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(html.unescape(response.content.decode()).split())


def pages(case, application, use):
    """Who reads it, and where."""
    return (
        (case.reader, reverse("document_list", args=[case.application.employer_id])),
        (case.reader, reverse("document_detail", args=[use.document_id])),
        (case.editor, reverse("criterion_edit", args=[application.folio, "DEI-1.1"])),
    )


def test_the_employer_reads_it_in_the_library_and_when_choosing(client, case, use):
    for user, address in pages(case, another(case), use):
        shown = text(client, user, address)
        assert "Aceptada antes" in shown, address
        assert f'<span class="code">DEI-1.1</span>, <span lang="es">{case.application.standard.title}</span>' in shown
        assert f"versión {case.application.standard.version}, 16 mar 2026" in shown


@pytest.mark.parametrize("change", ["verdict", "state"])
def test_what_was_not_accepted_is_not_said_to_be(client, case, use, change):
    if change == "verdict":
        Verdict.objects.update(outcome="not_met", pointer="p. 1", rule="x", reason="x")
    else:
        Application.objects.update(state=State.DECIDED)
    for user, address in pages(case, another(case), use):
        assert "Aceptada antes" not in text(client, user, address), address


def test_a_newer_version_was_not_accepted(client, case, use):
    RevisionFactory(document=use.document, number=2)
    counts = [text(client, *page).count("Aceptada antes") for page in pages(case, another(case), use)]
    assert counts == [0, 1, 0]  # the page of the document has both


def test_the_reviewer_reads_criterion_standard_version_and_date_alone(client, case, use):
    application = another(case, State.IN_REVIEW)
    used_again(application, use.revision)
    shown = text(client, case.reviewer, f"/revision/{application.folio}/DEI-1.2/")
    assert "Aceptada antes" in shown
    assert case.application.folio not in shown
    assert "16 mar 2026" in shown


def test_nothing_of_another_employer_or_of_the_application_itself_is_said(client, case, use):
    other = make_case(State.IN_REVIEW)
    foreign = RevisionFactory(sha256=use.revision.sha256, document__employer=other.application.employer)
    used_again(other.application, foreign)
    assert "Aceptada antes" not in text(client, other.reviewer, f"/revision/{other.application.folio}/DEI-1.2/")
    assert "Aceptada antes" not in text(client, case.reviewer, f"/revision/{case.application.folio}/DEI-1.1/")


def test_many_accepted_documents_are_as_many_queries_as_few(client, case, use):
    application, counts = another(case), []
    for _more in range(2):
        for item in ("DEI-1.2", "DEI-2.1"):
            verify(case, item)
            use_of(case.application, item)
        for user, address in pages(case, application, use):
            client.force_login(user)
            with CaptureQueriesContext(connection) as asked:
                client.get(address)
            counts.append(len(asked))
    assert counts[:3] == counts[3:]


def test_what_several_verdicts_accepted_is_told_once_each(client, case, use):
    verify(case, "DEI-1.2", "partly")
    used_again(case.application, use.revision)
    used_again(case.application, use.revision, "DEI-2.1")  # nobody verified it
    shown = text(client, case.reader, reverse("document_detail", args=[use.document_id]))
    assert shown.count("Aceptada antes") == 2
