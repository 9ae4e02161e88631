"""Calls: confirmed dates hinder or warn, working dates only hint, and what was sent once is not held to them."""

import datetime as dt

import pytest
from django.utils import timezone

from certification.applications import dossier as dossiers
from certification.applications import readiness
from certification.applications.readiness import Kind, Subject, call_notice
from certification.standards.parts.identity import Call
from tests.certification.applications.cases import DEI, NMX, draft
from tests.certification.standards.factories import document_of

DAY = dt.date(2027, 3, 1)


def call(opens, closes, confirmed=True):
    days = {"opens_on": DAY + dt.timedelta(days=opens), "closes_on": DAY + dt.timedelta(days=closes)}
    return Call(code=f"C{opens}", title="Convocatoria", confirmed=confirmed, **days)


@pytest.mark.parametrize(
    ("calls", "kind", "words"),
    [
        ([], None, ""),
        ([call(0, 0)], None, ""),
        ([call(-9, -1)], Kind.ERROR, "cerró el"),
        ([call(-9, -1), call(5, 9)], Kind.ERROR, "La siguiente abre el"),
        ([call(1, 9)], Kind.WARNING, "abre el"),
        ([call(-9, -1, False)], Kind.HINT, "fechas de trabajo"),
        ([call(-9, 9, False)], Kind.HINT, "fechas de trabajo"),
        ([call(-9, -1), call(0, 9, False)], Kind.HINT, "fechas de trabajo"),
    ],
)
def test_what_is_said_of_calls(calls, kind, words):
    notice = call_notice(document_of(DEI).model_copy(update={"calls": tuple(calls)}), DAY)
    assert (notice[0] if notice else None) == kind
    assert words in (notice[1] if notice else "")


@pytest.mark.django_db
def test_a_confirmed_closed_call_blocks_what_was_never_sent():
    case = draft(DEI)
    document = document_of(DEI).model_copy(update={"calls": (call(-9, -1),)})
    loaded = dossiers.load(case.fresh(), DAY, document)
    (error,) = [one for one in readiness.errors(loaded) if one.subject == Subject.CALL]
    assert error.blocks
    assert error.url == "/normas/distintivo-ei/#convocatoria"
    loaded.application.submitted_at = timezone.now()
    assert not [one for one in readiness.missing(loaded) if one.subject == Subject.CALL]


@pytest.mark.django_db
def test_the_opening_page_says_it(client):
    for name, said in ((DEI, True), (NMX, False)):
        case = draft(name)
        client.force_login(case.owner)
        code = case.application.standard.slug
        page = client.get("/empresa/solicitudes/nueva/", {"norma": code, "empresa": case.application.employer_id})
        assert page.status_code == 200
        assert ("Fechas de trabajo" in page.content.decode()) is said
