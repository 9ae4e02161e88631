"""What the programme settles between two people: more days for an employer, and a standard with another text."""

from urllib.parse import urlsplit

import pytest
from django.core import mail

from certification.amendments.enums import DraftState
from certification.amendments.models import StandardDraft
from certification.applications.extensions.models import Outcome
from certification.standards.models import Standard
from tests.accounts.factories import UserFactory
from tests.browser.steps import WIDTHS, follow, go, look, open_page, press, says
from tests.certification.amendments.factories import NEWER, revised_text, set_criterion
from tests.certification.applications.cases import base
from tests.certification.applications.extensions.cases import ANSWER, REASON, extension_of, observed
from tests.certification.standards.factories import publish

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
GUIDANCE = "Documento firmado que compromete la inclusión de todas las personas."
WRONG = ("max_points: ", "max_points: 1")  # a point too many somewhere
LIST = "/programa/normas/"


@pytest.fixture(autouse=True)
def _no_second_factor(settings):
    settings.REQUIRE_STAFF_MFA = False


def asked(page, log_in, case):
    """The employer asks on the page of its application."""
    log_in(page, case.owner)
    open_page(page, base(case))
    follow(page, "Pedir más días")
    look(page, "Pedir más días para responder")
    page.get_by_label("Cuántos días más").fill("3")
    page.get_by_label("Para qué los necesitas").fill(REASON)
    press(page, "Pedir los días")
    says(page, "Mientras te responden, tu solicitud no vence")
    look(page)


def decided(page, log_in, case, who, choice, days):
    log_in(page, getattr(case, who))
    open_page(page, "/revision/")
    waiting = page.locator("section", has_text="Piden más días")
    go(waiting.get_by_role("link", name=case.application.employer.name))
    look(page, "La empresa pide más días")
    says(page, REASON)
    page.get_by_label(choice, exact=True).check()
    page.get_by_label("Días que concedes").fill(days)
    page.get_by_label("Por qué").fill(ANSWER)
    press(page, "Resolver")
    look(page)


@pytest.mark.parametrize("options", **WIDTHS)
def test_more_days_are_asked_for_and_granted(new_page, log_in, options):
    page, staff, case = new_page(**options), new_page(**options), observed()
    before = case.application.due_on
    asked(page, log_in, case)
    decided(staff, log_in, case, "reviewer", "Conceder", "3")
    open_page(page, base(case))
    says(page, "Concedida")
    says(page, ANSWER)
    assert extension_of(case).decided_by == case.reviewer
    assert case.fresh().due_on > before
    assert any(case.owner.email in message.to and "Tienes hasta el" in message.subject for message in mail.outbox)


def test_more_days_are_refused_by_a_manager(browser_page, new_page, log_in):
    staff, case = new_page(), observed()
    before = case.application.due_on
    asked(browser_page, log_in, case)
    decided(staff, log_in, case, "manager", "No conceder", "")
    open_page(browser_page, base(case))
    says(browser_page, "No concedida")
    extension = extension_of(case)
    assert (extension.outcome, extension.decided_by, case.fresh().due_on) == (Outcome.REFUSED, case.manager, before)


def handed_in(page, text):
    file = {"name": "norma.yaml", "mimeType": "application/yaml", "buffer": text.encode()}
    page.get_by_label("Archivo YAML").set_input_files([file])


def proposed(page, log_in, text):
    """A text with a fault, mended, compared, tried and proposed; returns its address."""
    log_in(page, UserFactory(manager=True))
    open_page(page, "/programa/")
    open_page(page, LIST)
    handed_in(page, text.replace(*WRONG, 1))
    press(page, "Guardar y leer su informe")
    says(page, "Con faltas")
    look(page)
    handed_in(page, text)
    press(page, "Cambiar el texto")
    says(page, "Sin faltas")
    look(page)
    address = urlsplit(page.url).path
    follow(page, "Ver las dos versiones lado a lado")
    says(page, "todas las personas")
    look(page)
    open_page(page, address)
    press(page, "Correr la prueba")
    says(page, "La prueba es de hoy")
    look(page)
    page.get_by_label("Por qué se cambia la norma").fill("Se dice mejor qué documento basta.")
    press(page, "Proponer publicación")
    says(page, "La propusiste tú")
    look(page)
    return address


@pytest.mark.parametrize("options", **WIDTHS)
def test_another_manager_publishes_what_one_handed_in(new_page, log_in, options):
    old, other = publish(), UserFactory(manager=True)
    page, second = new_page(**options), new_page(**options)
    address = proposed(page, log_in, revised_text(set_criterion("DEI-1.1", guidance=GUIDANCE)))
    assert page.get_by_role("button", name="Publicar").count() == 0
    log_in(second, other)
    open_page(second, LIST)
    follow(second, f"versión {NEWER}")
    assert urlsplit(second.url).path == address
    look(second)
    second.get_by_text("Publicar esta versión").first.click()
    look(second)
    press(second, "Publicar esta versión")
    says(second, "Las solicitudes nuevas la siguen")
    look(second)
    draft, new = StandardDraft.objects.get(), Standard.objects.get(slug=old.slug, is_in_force=True)
    assert (draft.state, draft.decided_by, new.version) == (DraftState.PUBLISHED, other, NEWER)
    open_page(page, f"/normas/{old.slug}/")
    says(page, GUIDANCE)
