"""The road's mails: each programme tells each event in its own words; one without words, in those of the event."""

import copy
import datetime as dt

import pytest
from django.template.loader import select_template

from certification.applications import emails as application_emails
from certification.applications.enums import State
from certification.applications.models import Observation, Submission
from certification.certificates import emails
from certification.review import emails as review_emails
from certification.review.models import Decision, Verdict
from tests.certification.certificates.factories import AT, CertificateFactory
from tests.certification.review.factories import LEGAL, POINTER, REASON, RULE, standard
from tests.employers.factories import MembershipFactory

pytestmark = pytest.mark.django_db
PROGRAMMES = ["nmx-r-025-scfi-2015", "distintivo-ei", "distintivo-efr", "distintivo-mexsti"]
STAGES = {"submitted": "applications", "observed": "review", "awarded": "certificates", "declined": "certificates"}
LONG_NAME = "Cooperativa de Servicios Integrales para el Campo y la Costa del Pacífico Norte, S.C. de R.L. & hijas"
UNKNOWN = "«sin valor: %s»"


@pytest.fixture
def _shows_unknown(settings):
    """What a template names and its context lacks is seen in the mail."""
    templates = copy.deepcopy(settings.TEMPLATES)
    templates[0]["OPTIONS"]["string_if_invalid"] = UNKNOWN
    settings.TEMPLATES = templates


def certificate_of(programme):
    """A certificate of the programme whose application has an unmet item, an observation and a long name."""
    certificate, chosen = CertificateFactory(holder=LONG_NAME), standard(programme)
    application = certificate.application
    application.employer.legal_name = application.employer.trade_name = LONG_NAME
    application.employer.save()
    application.standard = certificate.standard = chosen
    application.due_on = dt.date(2026, 4, 1)
    application.save()
    MembershipFactory(employer=application.employer, owner=True)
    item, said = chosen.document.criteria[0].code, {"pointer": POINTER, "rule": RULE, "reason": REASON}
    Observation.objects.create(
        application=application, round=1, item=item, created_at=AT, created_by=application.reviewer, **said
    )
    Verdict.objects.create(
        application=application, item=item, outcome="not_met", updated_at=AT, reviewer=application.reviewer, **said
    )
    return certificate


def send(event, certificate):
    application = certificate.application
    if event == "submitted":
        application.state, application.body = State.SUBMITTED, None
        application_emails.send_receipt(application, Submission(round=1, sha256="a1" * 32, submitted_at=AT))
    elif event == "observed":
        application.state = State.OBSERVED
        review_emails.send_observed(application)
    elif event == "awarded":
        emails.send_awarded(certificate)
    else:
        emails.send_declined(application, Decision(reason=REASON, appeal=LEGAL["appeal"]))


@pytest.fixture
def told(mailoutbox, django_capture_on_commit_callbacks):
    """Send the mail of an event and return it."""

    def run(event, certificate):
        with django_capture_on_commit_callbacks(execute=True):
            send(event, certificate)
        (message,) = mailoutbox
        return message

    return run


@pytest.mark.usefixtures("_shows_unknown")
@pytest.mark.parametrize("event", STAGES)
@pytest.mark.parametrize("programme", PROGRAMMES)
def test_every_programme_tells_every_event_in_its_own_words(programme, event, told):
    certificate = certificate_of(programme)
    message, document = told(event, certificate), certificate.standard.document
    is_norm = document.certifier is not None
    folder = f"certification/{STAGES[event]}/emails"
    words = select_template([f"{folder}/{document.slug}/{event}.words.txt", f"{folder}/{event}.words.txt"])
    assert words.template.name == f"{folder}/{document.slug}/{event}.words.txt"
    assert "\n" not in message.subject
    assert len(message.subject) <= 78
    assert message.subject.startswith(f"{document.short_title}: ")
    html = message.alternatives[0].content
    for text in (message.body, html):
        assert document.title in text
        assert ("organismo de certificación" in text) is is_norm
        assert is_norm or document.authorities[0].name in text
        assert "sin valor" not in text
        assert not any(rest in text for rest in ("{{", "{%", "<p></p>", "\n\n\n\n"))
        assert REASON not in text, "it may quote the evidence"
    assert "& hijas" in message.body
    assert "&amp; hijas" in html
    assert "&amp;amp;" not in html
    assert f"/empresa/solicitudes/{certificate.application.folio}/" in message.body
    assert "http://127.0.0.1:8000/" in html


@pytest.mark.parametrize("event", STAGES)
def test_programmes_do_not_share_their_words(event):
    folder = f"certification/{STAGES[event]}/emails"
    slugs = [standard(programme).slug for programme in PROGRAMMES]
    texts = {select_template([f"{folder}/{slug}/{event}.words.txt"]).template.source for slug in slugs}
    assert len(texts) == len(PROGRAMMES)


@pytest.mark.usefixtures("_shows_unknown")
@pytest.mark.parametrize("event", STAGES)
def test_a_programme_without_words_is_told_in_those_of_the_event(event, told):
    certificate = certificate_of("distintivo-ei")
    certificate.application.standard.slug = "distintivo-nuevo"
    message = told(event, certificate)
    assert "Secretaría del Trabajo y Previsión Social" in message.body
    assert "Comité Dictaminador" not in message.body
    assert "sin valor" not in message.body + message.alternatives[0].content


@pytest.mark.parametrize(("programme", "years", "working"), [("distintivo-ei", 3, False), ("distintivo-efr", 3, True)])
def test_a_validity_that_is_not_confirmed_says_so(programme, years, working, told):
    text = told("awarded", certificate_of(programme)).body
    assert f"Vale hasta el 15 mar 2030: {years} años." in text
    assert ("valor de trabajo" in text) is working


def test_the_norm_tells_its_surveillance_and_its_mark_from_the_document(told):
    text = told("awarded", certificate_of("nmx-r-025-scfi-2015")).body
    document = standard("nmx-r-025-scfi-2015").document
    assert "a los 24 meses toca una auditoría" in text
    assert "El aviso llega 60 días naturales antes." in text
    assert "al menos 60 días naturales antes de que venza" in text
    assert all(rule in text for rule in document.mark_use.rules)
    assert "valor de trabajo" not in text


def test_an_answer_to_observations_is_acknowledged_as_one(mailoutbox, django_capture_on_commit_callbacks):
    application = certificate_of("distintivo-ei").application
    application.state = State.IN_REVIEW
    with django_capture_on_commit_callbacks(execute=True):
        application_emails.send_receipt(application, Submission(round=2, sha256="a1" * 32, submitted_at=AT))
    assert f"Tu respuesta vuelve a quien revisa en {application.body.name}." in mailoutbox[0].body
