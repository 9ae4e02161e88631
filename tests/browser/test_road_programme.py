"""The programme's part of the road: assigning, reviewing, deciding, publishing, verifying, and a practice."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone

from certification.applications.enums import State
from certification.applications.models import Observation
from certification.certificates.actions import publish_award
from certification.certificates.models import Certificate
from certification.evidence.actions import add_document
from certification.review import actions as review
from certification.review.models import Decision, Verdict
from good_practices.models import Practice
from tests.accounts.factories import PASSWORD, UserFactory
from tests.browser.steps import WIDTHS, attach, claim, declare, follow, go, look, open_page, press, says
from tests.certification.applications.cases import base, prove_all
from tests.certification.certificates.factories import decided_application
from tests.certification.evidence import files
from tests.certification.evidence.factories import upload
from tests.certification.review.factories import AT, POINTER, REASON, make_case, verify

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _no_second_factor(settings):
    settings.REQUIRE_STAFF_MFA = False


@pytest.fixture
def awarded(signer):
    """A certificate with its signed PDF. Signing needs a thread without Playwright's event loop."""
    application, manager = decided_application(holder="Telares de Prueba, S.A."), UserFactory(manager=True)

    def publish():
        try:
            return publish_award(application, actor=manager, at=AT)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(publish).result()


def desk(case):
    return f"/revision/{case.application.folio}/"


def test_a_manager_assigns(browser_page, log_in):
    page, case = browser_page, make_case(State.SUBMITTED)
    log_in(page, case.manager)
    open_page(page, "/programa/")
    open_page(page, "/revision/")
    follow(page, case.application.employer.name)
    look(page, case.application.employer.name)
    page.get_by_role("button", name="Asignar", exact=True).click()
    page.locator("select:invalid").wait_for()
    page.get_by_label("Quien revisa").select_option(str(case.reviewer.pk))
    press(page, "Asignar")
    look(page)
    assert (case.fresh().state, case.fresh().reviewer) == (State.IN_REVIEW, case.reviewer)
    assert any(case.reviewer.email in message.to for message in mail.outbox)


def attach_real(case, item):
    """A PDF of three pages that is really in the store."""
    at, who = timezone.now(), case.owner
    revision = add_document(case.application.employer, upload(content=files.pdf(3)), issued_on=None, actor=who, at=at)
    case.application.evidence_uses.create(
        item=item, document=revision.document, revision=revision, pointer="p. 2", created_at=at, created_by=who
    )


def test_a_negative_verdict_needs_its_reasons(browser_page, log_in):
    page, case = browser_page, make_case(State.IN_REVIEW)
    attach_real(case, "DEI-1.1")
    log_in(page, case.reviewer)
    open_page(page, "/revision/")
    follow(page, case.application.employer.name)
    look(page)
    follow(page, "Seguir con DEI-1.1")
    look(page, "DEI-1.1")
    assert page.locator("img.sheet").evaluate("image => image.decode().then(() => image.naturalWidth)") > 300
    page.locator("form[data-review]").get_by_label("No se cumple").or_(
        page.locator("input[value=not_met]")).first.check()  # fmt: skip
    go(page.locator("form[data-review] .button"))
    says(page, "Di dónde se ve: documento y página")
    look(page)
    assert not Verdict.objects.exists()
    page.get_by_label("Dónde se ve").fill(POINTER)
    page.get_by_label("Razón de lo que no cumple del todo").fill(REASON)
    go(page.locator("form[data-review] .button"))
    look(page, "DEI-1.2")
    assert Verdict.objects.get().reason == REASON


def test_observations_go_to_the_employer(browser_page, log_in):
    page, case = browser_page, make_case(State.IN_REVIEW)
    verify(case)
    verify(case, "DEI-1.1", "not_met")
    log_in(page, case.reviewer)
    open_page(page, desk(case))
    follow(page, "Enviar observaciones")
    look(page, "Observaciones para la empresa")
    press(page, "Enviar observaciones")
    look(page)
    assert case.fresh().state == State.OBSERVED
    assert Observation.objects.get().reason == REASON
    assert any(case.owner.email in message.to for message in mail.outbox)


@pytest.mark.parametrize("options", **WIDTHS)
def test_the_employer_answers_only_what_was_observed(new_page, log_in, options):
    page, case = new_page(**options), observed_case()
    log_in(page, case.owner)
    open_page(page, base(case))
    says(page, REASON)
    follow(page, "DEI-1.1")
    look(page)
    claim(page, "DEI-1.1", "En parte")
    press(page, "Guardar")
    attach(page)
    look(page)
    open_page(page, base(case) + "criterios/DEI-1.2/")
    assert page.locator("#respuesta, [name$=-uploads]").count() == 0
    open_page(page, base(case))
    follow(page, "Revisar y enviar")
    look(page)
    declare(page)
    press(page, "Firmar y enviar la solicitud")
    look(page, "Acuse de envío")
    assert case.fresh().state == State.IN_REVIEW


def observed_case():
    case = make_case(State.IN_REVIEW)
    prove_all(case)
    now = timezone.now()
    verify(case, at=now)
    verify(case, "DEI-1.1", "not_met", at=now)
    review.observe(case.application, items=["DEI-1.1"], actor=case.reviewer, at=now)
    case.application.refresh_from_db()
    return case


def test_the_reviewer_recommends_and_another_person_decides(browser_page, new_page, log_in):
    page, case = browser_page, make_case(State.IN_REVIEW)
    verify(case)
    log_in(page, case.reviewer)
    open_page(page, desk(case))
    follow(page, "Recomendar")
    look(page, "Tu recomendación")
    page.locator("[name=outcome][value=award]").check()
    page.get_by_label("Razones").fill("Se verificó cada requisito contra su evidencia.")
    press(page, "Entregar recomendación")
    look(page)
    assert case.fresh().state == State.RECOMMENDED
    other = new_page()
    log_in(other, case.decider)
    open_page(other, desk(case))
    follow(other, "Dictaminar")
    look(other, "Dictamen de")
    other.locator("[name=outcome][value=award]").check()
    other.get_by_label("Razones").fill("El comité comparte la recomendación.")
    other.locator("[name=no_conflict]").check()
    other.get_by_label("Tu contraseña").fill(PASSWORD)
    press(other, "Firmar y guardar el dictamen")
    look(other)
    decision = Decision.objects.get()
    assert (decision.decided_by, decision.reviewed_by) == (case.decider, case.reviewer)


@pytest.mark.usefixtures("signer")
def test_publishing_makes_a_certificate_that_anyone_finds(browser_page, new_page, log_in):
    page, anyone, application = browser_page, new_page(), decided_application(holder="Telares de Prueba, S.A.")
    log_in(page, UserFactory(manager=True))
    open_page(page, f"/revision/{application.folio}/dictamen/")
    follow(page, "Publicar el resultado")
    look(page, "Publicar el resultado")
    page.get_by_label("Tu contraseña").fill(PASSWORD)
    press(page, "Firmar y publicar")
    look(page)
    certificate = Certificate.objects.get()
    open_page(anyone, "/padron/")
    follow(anyone, "Telares de Prueba")
    look(anyone, "Telares de Prueba")
    open_page(anyone, "/verificar/")
    anyone.get_by_label("Folio del certificado").fill(certificate.folio.lower())
    press(anyone, "Verificar")
    says(anyone, "está en el padrón y vale hasta")
    look(anyone)


@pytest.mark.parametrize("options", **WIDTHS)
def test_an_uploaded_pdf_is_genuine_altered_or_not_ours(new_page, awarded, options):
    page = new_page(**options)
    genuine = page.request.get(f"/padron/{awarded.folio}/certificado.pdf").body()
    middle = genuine.index(b"stream") + 200
    altered = genuine[:middle] + bytes([genuine[middle] ^ 1]) + genuine[middle + 1 :]
    answers = {"El archivo que elegiste es el original": genuine, "El archivo fue alterado": altered,
               "No es un certificado ni un acuse nuestro": files.pdf()}  # fmt: skip
    for sentence, content in answers.items():
        open_page(page, "/verificar/")
        page.set_input_files("#id_pdf", [{"name": "c.pdf", "mimeType": "application/pdf", "buffer": content}])
        press(page, "Revisar el archivo")
        says(page, sentence)
        look(page)


@pytest.mark.parametrize("options", **WIDTHS)
def test_the_result_reaches_the_employer(new_page, log_in, awarded, options):
    page, application = new_page(**options), awarded.application
    log_in(page, application.created_by)
    open_page(page, f"/empresa/solicitudes/{application.folio}/")
    assert page.get_by_role("link", name="Descargar el certificado").get_attribute("href").startswith("/padron/")
    assert page.get_by_role("link", name="Proponer una práctica").is_visible()
    follow(page, "Leer la decisión y sus razones")
    look(page)
    says(page, "Se verificó todo.")


def test_a_practice_is_proposed_published_and_found(browser_page, new_page, log_in, awarded):
    page, editor = browser_page, new_page()
    log_in(page, awarded.application.created_by)
    open_page(page, "/empresa/practicas/")
    follow(page, awarded.folio)
    page.get_by_label("Título").fill("Guardería en la planta para la jornada nocturna")
    page.get_by_label("Tema").select_option(index=1)
    for label in ("¿Cuál era el problema?", "¿Qué hicieron?", "¿Qué costó?", "¿Qué se logró?"):
        page.get_by_label(label).fill("Compañeras y compañeros del turno pidieron cuidado infantil.")
    page.get_by_label("La empresa acepta").check()
    press(page, "Guardar y proponer")
    look(page)
    log_in(editor, UserFactory(editor=True))
    open_page(editor, "/programa/practicas/")
    follow(editor, "Guardería")
    look(editor)
    press(editor, "Publicar")
    look(editor)
    open_page(page, "/practicas/?q=guarderia+nocturna")
    page.get_by_label("Privado").check()
    press(page, "Aplicar filtros")
    look(page)
    follow(page, "Guardería")
    look(page, "Guardería")
    assert Practice.objects.get().published_by
