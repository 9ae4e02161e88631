"""Lines of evidence that nothing attached can prove: named, and as grave as the document says."""

import pytest
from django.utils import timezone, translation

from certification.applications import dossier as dossiers
from certification.applications import readiness
from certification.applications.models import EvidenceUse
from certification.applications.readiness import Kind, proofs
from certification.evidence.enums import DocumentKind, RevisionState
from certification.evidence.models import Document, Revision
from certification.standards.reading import parse_yaml
from tests.certification.applications.cases import NMX, base, complete_draft
from tests.certification.standards.factories import changed

pytestmark = pytest.mark.django_db
COMMITTEE = "R02"  # required: «Acta constitutiva del comité», «Minutas del último año»; typical: «Plan de trabajo»…
ACT, MINUTES = "Acta constitutiva del comité", "Minutas del último año"


@pytest.fixture
def case():
    return complete_draft(NMX)


def describe(case, *, title="Documento 1", shows="", kind=DocumentKind.OTHER):
    """The one document of the draft, and what it is said to show of the committee."""
    Document.objects.update(title=title, kind=kind)
    EvidenceUse.objects.filter(item=COMMITTEE).update(shows=shows)


def confirmed():
    """The same document in which the minutes of the committee were seen in the official text."""
    rule = f"{{title: {MINUTES}, kinds: [document], required: true"
    return parse_yaml(changed(NMX, (rule, f"{rule}, confirmed: true")))


def load(case, document=None):
    return dossiers.load(case.fresh(), timezone.localdate(), document)


def found(case, document=None):
    return [one for kind in Kind for one in proofs.findings(load(case, document), kind) if one.code == COMMITTEE]


def lacking(case):
    loaded = load(case)
    return [line.words.spanish for line in proofs.lacking(loaded, loaded.document.criterion(COMMITTEE))]


def test_a_document_that_names_no_line_may_be_any_of_them(case):
    assert lacking(case) == []
    assert found(case) == []


@pytest.mark.parametrize(
    "said",
    [
        {"title": "ACTA CONSTITUTIVA del comite de igualdad, 2026"},
        {"shows": "Es el acta constitutiva del comité"},
        {"title": "Acta constitutiva", "shows": "del comité"},
        {"shows": "Founding record of the committee"},
    ],
)
def test_a_document_that_names_a_line_proves_that_one_alone(case, said):
    describe(case, **said)
    assert lacking(case) == ["Lineamientos de operación", "Plan de trabajo", MINUTES]


def test_one_document_may_name_two_lines(case):
    describe(case, shows="Acta constitutiva del comité y minutas del último año")
    assert {one.kind for one in found(case)} == {Kind.HINT}
    assert not [one for one in readiness.missing(load(case)) if one.code == COMMITTEE and "piden" in one.text]


def test_what_is_required_by_a_working_value_is_warned_of(case):
    describe(case, title=ACT)
    warning, hint = found(case)
    assert (warning.kind, warning.url) == (Kind.WARNING, f"{base(case)}criterios/{COMMITTEE}/#evidencia-{COMMITTEE}")
    assert warning.text.endswith(f"falta «{MINUTES}». Pedirlo es un valor de trabajo, todavía no es oficial.")
    assert (hint.kind, hint.text.split(": ")[1]) == (
        Kind.HINT, "también ayudaría «Lineamientos de operación», «Plan de trabajo».",
    )  # fmt: skip
    assert not readiness.errors(load(case))


def test_what_is_required_and_confirmed_blocks_sending(case):
    describe(case, title=ACT)
    document = confirmed()
    (error,) = readiness.errors(load(case, document))
    assert (error.kind, error.code) == (Kind.ERROR, COMMITTEE)
    assert error.text.endswith(
        f"falta «{MINUTES}», indispensable. Si ya está en un documento, dilo en «qué demuestra»."
    )
    assert error in readiness.missing(load(case, document))
    describe(case, shows=f"{ACT}; {MINUTES}")
    assert readiness.errors(load(case, document)) == []


def test_a_kind_that_no_rule_takes_proves_no_line_with_a_rule(case):
    describe(case, kind=DocumentKind.PHOTOGRAPH)
    assert lacking(case) == [ACT, "Plan de trabajo", MINUTES]
    describe(case, kind=DocumentKind.MINUTES)
    assert lacking(case) == []


def test_a_refused_file_proves_nothing(case):
    Revision.objects.update(state=RevisionState.REJECTED, reason="Trae un programa.", remedy="Súbelo sin él.")
    assert len(lacking(case)) == 4


def test_what_is_not_claimed_lacks_nothing(case):
    describe(case, title=ACT)
    case.application.answers.filter(criterion=COMMITTEE).update(claims={COMMITTEE: "not_met"})
    assert found(case) == []


def test_the_names_are_in_the_language_of_the_reader(case):
    describe(case, title=ACT)
    with translation.override("en"):
        assert "«Minutes of the last year»" in found(case)[0].text


def test_the_page_of_the_criterion_marks_the_line(client, case):
    describe(case, title=ACT)
    client.force_login(case.owner)
    page = client.get(f"{base(case)}criterios/{COMMITTEE}/").content.decode()
    lines = page.split('id="con-que-se-demuestra"')[1].split("</section>")[0].split("<li>")[1:]
    marks = [(line.split("<")[0], "Falta" in line) for line in lines]
    assert marks == [(ACT, False), ("Lineamientos de operación", False), ("Plan de trabajo", False), (MINUTES, True)]
    EvidenceUse.objects.all().delete()
    page = client.get(f"{base(case)}criterios/{COMMITTEE}/").content.decode()
    assert page.split('id="con-que-se-demuestra"')[1].split("</section>")[0].count("Falta") == 2


def test_the_public_map_marks_nothing(client, case):
    assert "Falta</span>" not in client.get(f"/normas/{NMX}/").content.decode()
