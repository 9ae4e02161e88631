"""Checking before sending: errors, warnings and hints, each with the field that mends it."""

import datetime as dt

import pytest
from django.utils import timezone

from certification.applications import dossier as dossiers
from certification.applications import hub, readiness
from certification.applications.models import EvidenceUse
from certification.applications.readiness import Kind, Subject, grouped
from certification.evidence.models import Document
from tests.certification.applications.cases import NMX, base, complete_draft, draft
from tests.certification.review.factories import document_of, make_case

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def found(case, kind=None):
    loaded = dossiers.load(case.fresh(), TODAY())
    return [one for one in readiness.missing(loaded) if kind in (None, one.kind)]


def test_a_complete_draft_has_no_errors():
    case = complete_draft(NMX)
    Document.objects.update(issued_on=TODAY())
    assert found(case, Kind.ERROR) == []


def test_met_without_evidence_is_an_error_at_the_field_for_files():
    case = complete_draft(NMX)
    case.application.evidence_uses.filter(item="R01").delete()
    (error,) = found(case, Kind.ERROR)
    assert (error.code, error.subject) == ("R01", Subject.EVIDENCE)
    assert error.text.endswith("dices que se cumple; adjunta al menos una evidencia.")
    assert error.url == f"{base(case)}criterios/R01/#id_evidence-R01-uploads"


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        (400, "tiene más de 12 meses"),
        (360, "tendrá más de 12 meses el día de la visita probable"),
        (None, "di cuándo se emitió"),
    ],
)
def test_old_and_undated_evidence_is_warned_of_at_its_date(days, sentence):
    case = complete_draft(NMX)
    Document.objects.update(issued_on=None if days is None else TODAY() - dt.timedelta(days=days))
    warned = [one for one in found(case, Kind.WARNING) if one.subject == Subject.EVIDENCE]
    assert len(warned) == 14
    assert sentence in warned[0].text
    assert warned[0].url.endswith("/cambiar/#id_issued_on")


def test_evidence_ages_from_the_end_of_what_it_proves():
    case = complete_draft(NMX)
    Document.objects.update(issued_on=TODAY() - dt.timedelta(days=400), proves_until=TODAY())
    assert not [one for one in found(case, Kind.WARNING) if one.subject == Subject.EVIDENCE]


def test_a_claim_without_a_word_and_a_document_without_a_page_are_hints():
    case = complete_draft(NMX)
    case.application.answers.filter(criterion="R01").update(note=" ")
    EvidenceUse.objects.exclude(item="R02").update(pointer="p. 1")
    Document.objects.get().revisions.update(pages=9)
    hints = {(one.code, one.subject): one.url for one in found(case, Kind.HINT) if "indispensables" not in one.text}
    assert hints == {
        ("R01", Subject.CRITERIA): f"{base(case)}criterios/R01/#id_note",
        ("R02", Subject.EVIDENCE): f"{base(case)}criterios/R02/#evidencia-R02",
    }


def test_a_measure_that_is_claimed_and_not_shown_is_warned_of():
    measures = [one for one in found(complete_draft(NMX), Kind.WARNING) if one.subject == Subject.MEASURES]
    assert [one.code for one in measures] == ["M4", "M5"]


def test_they_come_grouped_gravest_first(client):
    case = draft(NMX)
    assert [group.kind for group in grouped(found(case))] == [Kind.ERROR]
    complete = complete_draft(NMX)
    complete.application.evidence_uses.filter(item="R01").delete()
    assert [group.kind for group in grouped(found(complete))][:2] == [Kind.ERROR, Kind.WARNING]
    client.force_login(complete.owner)
    page = client.get(f"{base(complete)}enviar/").content.decode()
    assert page.index("Impide enviarla") < page.index("Puedes enviarla así")


def test_the_panel_says_what_separates_from_the_next_level():
    case = make_case("draft", name=NMX)
    case.application.answers.filter(criterion__in=("R04", "R08")).delete()
    panel = hub.panel_of(dossiers.load(case.fresh(), timezone.localdate()))
    gaps = {gap.code: gap for gap in panel.gaps}
    assert panel.next_level.code == "simple"
    assert (gaps["R04"].is_critical, gaps["R04"].gain, gaps["R04"].time) == (True, "6", "unos 30 minutos")
    assert gaps["R04"].url == f"{base(case)}criterios/R04/"
    assert (panel.points, panel.most, panel.threshold) == ("86", "100", "70")
    assert str(gaps["P1"].issuer) == "STPS / PROFEDET"


def test_fewer_documents_than_required_lines_are_a_hint():
    case = complete_draft(NMX)
    criterion = next(one for one in document_of(NMX).criteria if sum(rule.required for rule in one.evidence_rules) > 1)
    required = sum(rule.required for rule in criterion.evidence_rules)

    def few():
        return [one for one in found(case) if one.code == criterion.code and "indispensables" in one.text]

    (hint,) = few()
    assert (hint.kind, hint.subject) == (Kind.HINT, Subject.EVIDENCE)
    assert hint.text.endswith(f"se piden {required} pruebas indispensables y hay 1.")
    case.application.answers.filter(criterion=criterion.code).delete()
    assert few() == []
