"""Back with its employer, an application is read by the programme as it was sent; what is typed since, once it is."""

import datetime as dt

import pytest
from django.utils import timezone

from certification.applications import actions, attachments
from certification.applications.enums import State
from certification.applications.models import Application, EvidenceUse
from certification.evidence.actions import add_document, add_revision
from certification.review import actions as review
from certification.review.casefile import load
from certification.review.items import items_of
from certification.standards.enums import Claim
from employers.models import WorkforceFigures
from tests.certification.applications.cases import NMX, prove_all, signed
from tests.certification.applications.workplaces import own_answer, several
from tests.certification.evidence.factories import upload
from tests.certification.review.factories import DECLARED, answer_all, make_case, send, use_of, verify

pytestmark = pytest.mark.django_db
UNSENT, SENT = "quetzalino", "Así se envió."
CODE, PAPER, MEASURE = "R01", "P1", "M4"
ITEMS = (CODE, PAPER, MEASURE)
DAY = dt.timedelta(days=1)
BACK = (State.OBSERVED, State.LAPSED)
STAFF = ("manager", "reviewer", "decider")


def observed_case():
    """A norm of several workplaces of which a criterion, a paper and a measure are observed; nothing is answered."""
    case = make_case(State.IN_REVIEW, name=NMX, answered=False)
    answer_all(case.application, sent=False)
    several(case=case)
    prove_all(case)
    own = dict.fromkeys(case.application.answers.get(criterion=CODE).claims, "met")
    own_answer(case, "Planta Norte", CODE, own, note=f"{SENT} Norte")
    application = case.application
    application.answers.update(note=SENT)
    application.measure_claims.update(note=SENT)
    application.requirement_records.update(reference=SENT, issued_on=timezone.localdate())
    application.evidence_uses.update(shows=SENT)
    send(application)
    verify(case, at=timezone.now())
    for code in ITEMS:
        verify(case, code, "not_met", at=timezone.now())
    review.observe(case.fresh(), items=ITEMS, actor=case.reviewer, at=timezone.now())
    case.application = case.fresh()
    return case


def change_everything(case):
    """What an employer can do before it sends its answer; returns the use that was attached."""
    application, now = case.application, timezone.now() + DAY
    claims = dict.fromkeys(application.answers.get(criterion=CODE).claims, "not_met")
    said = {"updated_at": now, "version": 2}
    application.answers.filter(criterion=CODE).update(claims=claims, note=UNSENT, **said)
    application.local_answers.filter(criterion=CODE).update(claims=claims, note=UNSENT, **said)
    own_answer(case, "Planta Sur", CODE, claims, note=UNSENT)
    application.requirement_records.filter(requirement=PAPER).update(reference=UNSENT, **said)
    application.measure_claims.filter(measure=MEASURE).update(is_claimed=False, note=UNSENT, **said)
    application.observations.update(answered_at=now)
    WorkforceFigures.objects.update(men_managers=987654, note=UNSENT, updated_at=now)
    application.evidence_uses.filter(item=CODE).update(pointer=UNSENT, shows=UNSENT)
    document, revision = added(case, f"{UNSENT}.csv")
    uses = EvidenceUse.objects.filter(application=application)
    attachments.attach_documents(application, CODE, [document], actor=case.editor, at=now)
    return uses.get(revision=revision)


def added(case, name):
    """A document with its file in the store, and its revision."""
    said = {"issued_on": None, "actor": case.editor, "at": timezone.now()}
    revision = add_document(case.application.employer, upload(name, name.encode()), **said)
    return revision.document, revision


def addresses(case):
    root = f"/revision/{case.application.folio}/"
    items = [one.code for one in items_of(case.application.standard.document)]
    return [f"/revision/?q={UNSENT}", root, *(root + page for page in [*items, "dictamen"])]


def told(client, case):
    """Every page of the review that the person opens, as one text."""
    text = ""
    for address in addresses(case):
        answer = client.get(address if "?" in address or address.endswith("/") else f"{address}/")
        assert answer.status_code in {200, 403, 404}
        text += answer.content.decode()
    return text.replace(f"q={UNSENT}", "").replace(f'value="{UNSENT}"', "")


def file_status(client, case, use):
    pages = [f"/empresa/solicitudes/{case.application.folio}/evidencia/{use.pk}/archivo/"]
    pages.append(f"/revision/{case.application.folio}/evidencia/{use.pk}/1/")
    answers = [client.get(page) for page in pages]
    for answer in answers:
        b"".join(answer)  # read to its end, which closes the file
    return [answer.status_code for answer in answers]


@pytest.mark.parametrize("state", BACK)
def test_nobody_of_the_programme_reads_what_was_not_sent(client, state):
    case = observed_case()
    new = change_everything(case)
    Application.objects.update(state=state)
    for who in STAFF:
        client.force_login(getattr(case, who))
        text = told(client, case)
        assert UNSENT not in text
        assert "987654" not in text
        assert "987,654" not in text
        assert "Respondido el" not in text
        assert file_status(client, case, new) == [404, 404]
        assert (who == "decider") == (f"{SENT} Norte" not in text)  # it is not the decider's yet
    client.force_login(case.editor)
    assert file_status(client, case, new)[0] == 200


def test_the_line_is_as_it_was_sent():
    case = observed_case()
    before = load(case.fresh())
    change_everything(case)
    after = load(case.fresh())
    for code in ITEMS:
        old, now = before.line(code), after.line(code)
        assert (now.claim, now.claims, now.note) == (old.claim, old.claims, old.note)
        assert [use.pk for use in now.uses] == [use.pk for use in old.uses]
        assert [use.shows for use in now.uses] == [use.shows for use in old.uses]
        assert [(one.workplace.pk, one.answer.note) for one in now.own_answers] == [
            (one.workplace.pk, one.answer.note) for one in old.own_answers
        ]
        assert (now.is_back, now.is_stale) == (True, False)
    assert before.line(CODE).claim == Claim.MET
    assert before.line(CODE).uses
    assert after.dossier.figures == before.dossier.figures
    assert not after.line("R02").is_back


def test_it_is_read_once_it_is_sent(client):
    case = observed_case()
    new = change_everything(case)
    WorkforceFigures.objects.update(men_managers=5)
    actions.submit(case.fresh(), declaration=DECLARED, sign=signed, actor=case.owner, at=timezone.now() + DAY)
    assert case.fresh().state == State.IN_REVIEW
    client.force_login(case.reviewer)
    assert UNSENT in told(client, case)
    assert file_status(client, case, new)[0] == 200
    line = load(case.fresh()).line(CODE)
    assert (line.note, line.claim, line.is_stale, line.is_back) == (UNSENT, Claim.NOT_MET, True, False)


def test_a_file_that_was_sent_stays_open_after_a_newer_one_took_its_place(client):
    case = make_case(State.IN_REVIEW, answered=False)
    answer_all(case.application, sent=False)
    document, revision = added(case, "enviado.csv")
    use = use_of(case.application, "DEI-1.1")
    EvidenceUse.objects.filter(pk=use.pk).update(document=document, revision=revision)
    gone = use_of(case.application, "DEI-1.1")
    send(case.application)
    verify(case, "DEI-1.1", "not_met", at=timezone.now())
    review.observe(case.fresh(), actor=case.reviewer, at=timezone.now())
    said = {"actor": case.editor, "at": timezone.now()}
    newer = add_revision(document, upload("nuevo.csv", UNSENT.encode()), **said)
    attachments.attach_documents(case.fresh(), "DEI-1.1", [document], **said)
    attachments.detach(EvidenceUse.objects.select_related("application").get(pk=gone.pk), **said)
    assert EvidenceUse.objects.get(pk=use.pk).revision == newer
    client.force_login(case.reviewer)
    case.application = case.fresh()
    answer = client.get(f"/empresa/solicitudes/{case.application.folio}/evidencia/{use.pk}/archivo/")
    assert b"".join(answer) == b"enviado.csv"
    page = client.get(f"/revision/{case.application.folio}/DEI-1.1/?doc=B").content.decode()
    assert gone.document.title in page
    assert "aquí no se puede abrir" in page
