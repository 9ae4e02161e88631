"""The employer's part of the road: from signing up to the receipt, at two widths."""

import pytest
from django.core import mail

from certification.applications.enums import State
from certification.applications.models import Answer, Application
from employers.models import Employer, Membership
from tests.accounts.factories import UserFactory
from tests.browser.steps import (
    WIDTHS,
    attach,
    claim,
    declare,
    follow,
    go,
    log_in_by_form,
    look,
    mail_link,
    open_page,
    press,
    says,
    sign_up,
)
from tests.certification.applications.cases import NMX, base, complete_draft, draft
from tests.certification.review.factories import standard
from tests.employers.factories import EmployerFactory, WorkplaceFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("options", **WIDTHS)
def test_signing_up_and_registering_an_employer(new_page, options):
    page = new_page(**options)
    open_page(page, "/")
    page.goto("/cuenta/signup/")
    sign_up(page, "ana@ejemplo.mx")
    log_in_by_form(page, "ana@ejemplo.mx")
    look(page, "Mi empresa")
    follow(page, "Registrar mi empresa")
    look(page, "Registra tu empresa")
    page.get_by_label("Razón social").fill("Telares de Prueba, S.A. de C.V.")
    page.get_by_label("RFC", exact=True).fill("GEM-151009")
    page.get_by_label("Privado").check()
    page.get_by_label("Actividad económica").select_option("31-33")
    press(page, "Registrar")
    says(page, "Faltan los tres caracteres del final, la homoclave")
    look(page)
    page.get_by_label("RFC", exact=True).fill("GEM-151009-AAB")
    press(page, "Registrar")
    says(page, "El último carácter no es el que suele tocarle a ese RFC")
    look(page)
    page.get_by_label("Lo revisé").check()
    press(page, "Registrar")
    look(page, "Telares de Prueba")
    employer = Employer.objects.get()
    assert (employer.rfc, employer.created_by.email) == ("GEM151009AAB", "ana@ejemplo.mx")


@pytest.mark.parametrize("options", **WIDTHS)
def test_adding_a_workplace(new_page, log_in, options):
    page, owner = new_page(**options), UserFactory()
    employer = EmployerFactory(owner=owner)
    log_in(page, owner)
    open_page(page, f"/empresa/{employer.pk}/")
    follow(page, "Agregar un centro")
    look(page)
    page.get_by_label("¿En qué entidad").select_option(label="Jalisco")
    press(page, "Continuar")
    page.get_by_label("Nombre del centro de trabajo").fill("Planta Zapopan")
    page.get_by_label("Municipio o demarcación").select_option(label="Zapopan")
    page.get_by_label("Mujeres que trabajan ahí").fill("doce")
    page.get_by_label("Hombres que trabajan ahí").fill("18")
    press(page, "Agregar")
    says(page, "Escribe un número entero, sólo con cifras.")
    look(page)
    page.get_by_label("Mujeres que trabajan ahí").fill("12")
    press(page, "Agregar")
    look(page)
    place = employer.workplaces.get()
    assert (place.state, place.municipality, place.headcount) == ("14", "14120", 30)


@pytest.mark.parametrize("options", **WIDTHS)
def test_inviting_a_colleague_without_an_account(new_page, log_in, options):
    page, guest, owner = new_page(**options), new_page(**options), UserFactory()
    employer = EmployerFactory(owner=owner)
    log_in(page, owner)
    open_page(page, f"/empresa/{employer.pk}/")
    follow(page, "Invitar y cambiar permisos")
    look(page, "Personas")
    follow(page, "Invitar a una persona")
    look(page, "Invita a una persona")
    page.get_by_label("Correo electrónico").fill("colega@ejemplo.mx")
    page.get_by_label("Edición", exact=True).check()
    press(page, "Enviar invitación")
    look(page, "Personas")
    guest.goto(mail_link("colega@ejemplo.mx", "/empresa/invitaciones/"))
    look(guest, "Te invitan a")
    follow(guest, "Crear una cuenta")
    look(guest, "Crea tu cuenta")
    sign_up(guest, "colega@ejemplo.mx")
    log_in_by_form(guest, "colega@ejemplo.mx")
    look(guest, "Te invitan a")
    press(guest, "Aceptar")
    look(guest, employer.name)
    joined = Membership.objects.get(employer=employer, user__email="colega@ejemplo.mx")
    assert joined.role == "editor"


@pytest.mark.parametrize("options", **WIDTHS)
def test_from_the_standard_to_an_application(new_page, log_in, options):
    page, owner = new_page(**options), UserFactory()
    chosen, place = standard(), WorkplaceFactory(employer=EmployerFactory(owner=owner))
    log_in(page, owner)
    open_page(page, "/normas/")
    follow(page, chosen.title)
    look(page, chosen.title)
    follow(page, "Abrir una solicitud")
    look(page, "Solicitud:")
    press(page, "Abrir la solicitud")
    says(page, "Elige al menos un centro de trabajo.")
    page.get_by_label(place.name).check()
    press(page, "Abrir la solicitud")
    look(page, chosen.title)
    application = Application.objects.get()
    assert application.state == State.DRAFT
    assert application.folio in page.content()
    open_page(page, "/empresa/")
    assert page.get_by_role("link", name=application.folio).or_(page.get_by_text(application.folio)).count()


@pytest.mark.parametrize("options", **WIDTHS)
def test_answering_a_criterion_moves_the_points(new_page, log_in, options):
    page, case = new_page(**options), draft()
    log_in(page, case.owner)
    open_page(page, base(case))
    follow(page, standard().document.criterion("DEI-1.1").title)
    look(page)
    claim(page, "DEI-1.1", "Sí")
    page.get_by_label("¿Cómo lo hacen?").fill("La firma la dirección cada año.")
    press(page, "Guardar")
    look(page)
    assert Answer.objects.get().claims == {"DEI-1.1": "met"}
    attach(page)
    look(page)
    go(page.get_by_role("button", name="Decir en qué página"))
    look(page)
    page.get_by_label("Páginas o párrafo").fill("p. 2")
    press(page, "Guardar")
    says(page, "p. 2")
    follow(page, "Volver a la lista")
    task = page.locator(".task-list li").filter(has_text="DEI-1.1")
    assert not task.locator(".number b").inner_text().startswith("0")
    look(page)


@pytest.mark.parametrize("options", **WIDTHS)
def test_participation_and_measures_of_the_norm(new_page, log_in, options):
    page, case = new_page(**options), draft(NMX)
    log_in(page, case.owner)
    open_page(page, base(case) + "participacion/")
    page.locator("#id_P1-present").check()
    page.locator("#id_P1-issued_on").fill("2026-01-15")
    page.locator("#id_P1-reference").fill("A-17")
    press(page, "Guardar")
    says(page, "Guardado.")
    look(page)
    open_page(page, base(case) + "medidas/")
    page.locator("#id_M4-is_claimed_group").get_by_label("Sí").check()
    page.locator("#id_M4-note").fill("Hay una mediadora.")
    press(page, "Guardar")
    says(page, "Guardado.")
    look(page)
    open_page(page, base(case))
    record = case.application.requirement_records.get()
    assert (record.requirement, record.reference, record.updated_by) == ("P1", "A-17", case.owner)
    assert case.application.measure_claims.get().is_claimed


@pytest.mark.parametrize("options", **WIDTHS)
def test_what_is_missing_is_listed_with_links(new_page, log_in, options):
    page, case = new_page(**options), draft()
    log_in(page, case.owner)
    open_page(page, base(case))
    follow(page, "Ver todo lo que falta")
    look(page, "Revisar y enviar")
    wanting = page.locator("section[aria-labelledby=falta] li a")
    assert wanting.count() > 3
    wanting.filter(has_text="DEI-1.1").first.click()
    look(page)
    assert page.url.split("#")[0].endswith("/criterios/DEI-1.1/")


@pytest.mark.parametrize("options", **WIDTHS)
def test_sending_gives_a_receipt(new_page, log_in, options):
    page, case = new_page(**options), complete_draft()
    log_in(page, case.owner)
    open_page(page, base(case))
    follow(page, "Revisar y enviar")
    look(page, "Revisar y enviar")
    declare(page)
    press(page, "Firmar y enviar la solicitud")
    look(page, "Acuse de envío")
    sent = case.fresh().submissions.get()
    assert case.fresh().state == State.SUBMITTED
    assert page.get_by_text(sent.sha256).is_visible()
    assert any(case.owner.email in message.to for message in mail.outbox)
    follow(page, case.application.folio)
    look(page)
    says(page, "Se envió")
