"""Who reads in English reads a standard in English wherever its document has it, on every page."""

import html
import re

import pytest
from django.urls import reverse

from certification.applications.enums import State
from certification.applications.models import Application
from certification.applications.plan.models import ImprovementAction
from certification.standards.languages import list_of
from certification.standards.parts import TEXTS
from tests.accounts.factories import UserFactory
from tests.certification.applications.cases import NMX, complete_draft
from tests.certification.applications.workplaces import own_answer, several
from tests.certification.certificates.factories import decided_application
from tests.certification.certificates.renewals import awarded, renewed
from tests.certification.review.factories import AT, make_case, verify
from tests.certification.standards.factories import document_of
from tests.good_practices.factories import PracticeFactory

pytestmark = pytest.mark.django_db
SHORTEST = 12  # of what cannot be anything but the text of a standard
EMPLOYER = ["", "criterios/R07/", "criterios/R09/", "centros/", "medidas/", "participacion/", "puntos/", "enviar/"]
EMPLOYER += ["encargos/", "hoja/", "borrar/", "prorroga/"]
REVIEW = ["", "R07/", "R09/", "P1/", "M1/", "observaciones/", "recomendacion/", "dictamen/", "asignar/"]


def worded(document):
    yield from (document, *document.participation_requirements, *document.levels, *document.measures)
    for section in document.sections:
        yield section
        for criterion in section.criteria:
            yield from (criterion, *criterion.sub_items)


def spanish_twins(document):
    """The Spanish texts that an English page has another for."""
    found = set()
    for part in worded(document):
        for name in TEXTS & part.en.keys():
            said, english = getattr(part, name), part.en[name]
            pairs = [(one.spanish, one.english) for one in list_of(part, name)] if isinstance(said, tuple) else []
            found |= {one for one, other in pairs or [(said, english)] if one != other}
    return {text for text in found if len(text) >= SHORTEST}


def text_of(client, address):
    """What the page says, with alternatives and titles; what was typed or recorded is as it was written."""
    answer = client.get(address)
    assert (answer.status_code, answer.headers["Content-Language"]) == (200, "en"), address
    text = re.sub(r'<(?:input|option)\b[^>]*?value="[^"]*"', "<", answer.content.decode())
    return " ".join(html.unescape(text).split())


def found_on(client, addresses):
    """By page, the texts in Spanish that it has no need to say in Spanish."""
    twins = spanish_twins(document_of(NMX))
    assert len(twins) > 100
    pages = {address: text_of(client, address) for address in addresses}
    return {address: said for address, text in pages.items() if (said := [one for one in twins if one in text])}


@pytest.fixture
def english(client):
    def log_in(user):
        client.force_login(user)
        client.cookies["django_language"] = "en"
        return client

    return log_in


def test_the_employers_pages(english):
    case = several(case=complete_draft(NMX))
    application, employer = case.application, case.application.employer
    own_answer(case, "Planta Sur", "R07", {"R07a": "met"})
    application.answers.filter(criterion="R09").update(claims={})
    said = {"what": "Algo", "created_at": AT, "created_by": case.owner, "criterion": "R07"}
    ImprovementAction.objects.create(employer=employer, standard_code=application.standard.code, **said)
    root = f"/empresa/solicitudes/{application.folio}/"
    place = application.workplaces.get(name="Planta Sur").pk
    pages = [root + page for page in [*EMPLOYER, f"criterios/R07/centros/{place}/"]]
    pages += ["/empresa/", "/empresa/solicitudes/nueva/", f"/empresa/{employer.pk}/plan/"]
    assert found_on(english(case.owner), pages) == {}


@pytest.mark.parametrize("who", ["reviewer", "manager", "decider"])
def test_the_reviews_pages(english, who):
    case = several(case=make_case(State.IN_REVIEW, name=NMX))
    own_answer(case, "Planta Sur", "R07", {"R07a": "not_met"})
    verify(case)
    verify(case, "R07", "not_met")
    if who == "decider":
        Application.objects.update(state=State.RECOMMENDED)
    client, root = english(getattr(case, who)), f"/revision/{case.application.folio}/"
    allowed = [root + page for page in REVIEW if client.get(root + page).status_code == 200]
    assert len(allowed) >= 4
    assert found_on(client, ["/revision/", *allowed]) == {}


def test_what_is_renewed_and_the_practice_it_proves(english):
    case = awarded()
    opened = renewed(case)
    pages = ["/empresa/", *(f"/empresa/solicitudes/{one.folio}/" for one in (case.application, opened))]
    pages += [f"/empresa/solicitudes/{opened.folio}/{page}" for page in ("criterios/R07/", "enviar/")]
    assert found_on(english(case.owner), pages) == {}
    practice = PracticeFactory(proposed=True, certificate=case.certificate)
    assert found_on(english(UserFactory(editor=True)), [reverse("practice_review", args=[practice.pk])]) == {}


def test_what_is_decided_and_published(english):
    application = decided_application(holder="Telares de Prueba, S.A.")
    client = english(application.created_by)
    pages = [f"/empresa/solicitudes/{application.folio}/", f"/verificar/{application.folio}/"]
    assert found_on(client, pages) == {}
