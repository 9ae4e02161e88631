"""Many files in a real browser, each by itself: how far it is, what became of it, and again."""

import pytest
from django.contrib.sessions.models import Session
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone

from certification.evidence.actions import add_document
from certification.evidence.models import Document, Revision
from certification.evidence.uploads.models import PendingUpload
from tests.browser.steps import go, look, says, until
from tests.certification.applications.cases import draft
from tests.certification.evidence import files
from tests.certification.evidence.factories import upload
from tests.employers.factories import MembershipFactory
from tests.fixtures.browser import PHONE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

GOOD = [
    {"name": "Tabulador 2026.pdf", "mimeType": "application/pdf", "buffer": files.pdf(2)},
    {"name": "acta.txt", "mimeType": "text/plain", "buffer": "Acta del comité\n".encode() * 40_000},
]
BAD = {"name": "cifrado.pdf", "mimeType": "application/pdf", "buffer": files.pdf_encrypted()}
LARGE = {"name": "padrón.txt", "mimeType": "text/plain", "buffer": b"dato,valor\n" * 1_400_000}  # two parts


def open_library(page, log_in):
    member = MembershipFactory()
    log_in(page, member.user)
    page.goto(reverse("document_list", args=[member.employer_id]))
    return member


def choose(page, *chosen, button="Subir y guardar"):
    page.locator("input[type=file]").first.set_input_files(list(chosen))
    page.get_by_role("button", name=button, exact=True).first.click()


@pytest.mark.parametrize("options", [{}, {"viewport": PHONE}], ids=["wide", "phone"])
def test_one_of_three_is_bad_and_harms_no_other(new_page, log_in, options):
    page = new_page(**options)
    open_library(page, log_in)
    page.get_by_label("Tipo").first.select_option("policy")
    choose(page, GOOD[0], BAD, GOOD[1])
    says(page, "Terminamos. Guardados: 2. Con problema: 1.")
    lines = page.locator(".drop .file")
    assert lines.count() == 3
    assert "El archivo pide contraseña" in lines.nth(1).inner_text()
    assert page.locator(".drop .has-error").count() == 1
    page.locator("#lo-que-tienes").get_by_role("link", name="acta", exact=True).wait_for()
    assert sorted(Document.objects.values_list("title", "kind")) == [("Tabulador 2026", "policy"), ("acta", "policy")]
    look(page)


def test_what_cannot_be_taken_is_said_before_sending(new_page, log_in, settings):
    settings.MAX_UPLOAD_MB = 1
    settings.MAX_UPLOAD_FILES = 3
    page, asked = new_page(), []
    open_library(page, log_in)
    page.on("request", lambda request: asked.append(request.method))
    wrong = [{**GOOD[0], "name": "tarea.exe"}, {**BAD, "buffer": b""}, LARGE]
    choose(page, *wrong)
    says(page, "Terminamos. Guardados: 0. Con problema: 3.")
    for reason in ("No recibimos archivos de este tipo.", "El archivo está vacío.", "Pesa más de 1 MB."):
        assert page.locator(".drop .has-error").get_by_text(reason).count() == 1
    assert page.locator(".drop .file-meta").all_inner_texts() == ["1 KB", "0 KB", "14.7 MB"]
    choose(page, *wrong, GOOD[0])
    says(page, "Elegiste 4 archivos y caben 3 a la vez.")
    assert set(asked) <= {"GET"}
    look(page)


def test_broken_off_goes_on_where_it_was(new_page, log_in):
    """It is lost on the way: sent again, it goes in parts, and what came of them is not sent a third time."""
    page, sent = new_page(), []
    open_library(page, log_in)

    def break_twice(route):
        sent.append(int(route.request.headers["upload-offset"]))
        if len(sent) in {1, 3}:
            route.abort()
        else:
            route.continue_()

    page.route("**/documentos/subidas/*/", break_twice)
    choose(page, LARGE)
    says(page, "Se cortó el envío.")
    look(page)
    for _time in range(2):
        page.get_by_role("button", name="Reintentar").press("Enter")
    page.locator(".drop .file").get_by_text("Guardado y revisado").wait_for()
    assert sent == [0, 0, 2**23, 2**23]
    assert Revision.objects.get().size == len(LARGE["buffer"])


def test_page_that_was_left_offers_what_came(new_page, log_in):
    page = new_page()
    open_library(page, log_in)
    page.route("**/documentos/subir/terminar/", lambda route: route.abort())
    choose(page, GOOD[0])
    says(page, "Se cortó el envío.")
    page.unroute("**/documentos/subir/terminar/")
    page.reload()
    section = page.get_by_role("region", name="Subidas sin terminar")
    assert "Tabulador 2026.pdf" in section.inner_text()
    look(page)
    go(section.get_by_role("button", name="Terminar"))
    says(page, "Guardamos «Tabulador 2026.pdf».")
    assert (Document.objects.count(), section.count()) == (1, 0)


def test_files_attach_to_a_criterion_and_what_is_typed_stays(new_page, log_in):
    case, page = draft(), new_page()
    log_in(page, case.owner)
    code = case.application.standard.document.criteria[0].code
    page.goto(reverse("criterion_edit", args=[case.application.folio, code]))
    page.get_by_label("¿Cómo lo hacen?").fill("Cada mes, en el comité.")
    choose(page, *GOOD, BAD, button="Adjuntar")
    says(page, "Terminamos. Guardados: 2. Con problema: 1.")
    page.locator(f"[id='evidencia-de-{code}'] .file").nth(1).wait_for()
    assert case.application.evidence_uses.filter(item=code).count() == 2
    assert page.get_by_label("¿Cómo lo hacen?").input_value() == "Cada mes, en el comité."
    look(page)


def test_files_are_dropped_on_the_field(new_page, log_in):
    page = new_page()
    open_library(page, log_in)
    data = page.evaluate_handle(
        "() => { const data = new DataTransfer(); data.items.add(new File(['hola'], 'nota.txt')); return data; }"
    )
    page.dispatch_event(".drop", "drop", {"dataTransfer": data})
    says(page, "nota.txt")
    page.get_by_role("button", name="Subir y guardar").press("Enter")
    says(page, "Terminamos. Guardados: 1. Con problema: 0.")


@pytest.mark.s3
def test_files_go_straight_to_an_object_store(s3_storage, s3_server, new_page, log_in, settings):
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    allowed = {**directives, "connect-src": [*directives["connect-src"], s3_server]}
    settings.CONTENT_SECURITY_POLICY = {"DIRECTIVES": allowed}
    page, sent = new_page(), []
    member = open_library(page, log_in)
    page.on("request", lambda request: sent.append(request) if request.method == "PUT" else None)
    choose(page, *GOOD, BAD)
    says(page, "Terminamos. Guardados: 2. Con problema: 1.")
    assert [request.url.startswith(s3_server) for request in sent] == [True] * 3
    assert all(default_storage.exists(revision.file) for revision in Revision.objects.all())
    until(lambda: not default_storage.listdir(f"incoming/{member.employer_id}")[1])
    assert not PendingUpload.objects.unfinished().exists()


def test_session_that_ends_loses_no_chosen_file(new_page, log_in):
    page = new_page()
    member = open_library(page, log_in)
    Session.objects.all().delete()
    choose(page, *GOOD)
    says(page, "Tu sesión terminó. El archivo sigue elegido")
    link = page.locator("a", has_text="Entrar en otra pestaña").first
    assert (link.get_attribute("target"), link.get_attribute("href")) == ("_blank", reverse("account_login"))
    until(lambda: page.get_by_role("button", name="Reintentar").count() == 2, page)
    look(page)
    page.get_by_role("button", name="Reintentar").first.click()  # nobody is back yet
    says(page, "Terminamos. Guardados: 0. Con problema: 2.")
    until(lambda: page.get_by_role("button", name="Reintentar").count() == 2, page)
    log_in(page.context.new_page(), member.user)
    for left in (1, 0):
        page.get_by_role("button", name="Reintentar").first.click()
        until(lambda left=left: page.get_by_role("button", name="Reintentar").count() == left, page)
    says(page, "Terminamos. Guardados: 2. Con problema: 0.")
    assert Document.objects.count() == 2


@pytest.mark.parametrize("options", [{}, {"viewport": PHONE}], ids=["wide", "phone"])
def test_new_version_shows_its_way_and_ends_on_the_page_of_the_document(new_page, log_in, options):
    page, member, shares = new_page(**options), MembershipFactory(), []
    document = add_document(member.employer, upload(), actor=member.user, at=timezone.now()).document
    log_in(page, member.user)
    page.goto(reverse("document_detail", args=[document.pk]))
    page.route("**/documentos/subir/terminar/", lambda route: (shares.append(share(page)), route.continue_()))
    choose(page, BAD, button="Guardar como versión nueva")
    says(page, "El archivo pide contraseña")
    look(page)
    page.locator("input[type=file]").set_input_files([LARGE])
    go(page.get_by_role("button", name="Guardar como versión nueva"))
    says(page, "Guardamos la versión nueva. Las anteriores siguen aquí.")
    assert (page.url.endswith(reverse("document_detail", args=[document.pk])), shares) == (True, [100, 100])
    assert page.locator("#archivos .file").first.get_by_text("Versión 2").count() == 1
    assert list(document.revisions.values_list("number", "original_name")) == [
        (2, "padrón.txt"),
        (1, "Tabulador 2026.pdf"),
    ]
    look(page)


def share(page):
    """How far the file is that goes up last, of a hundred."""
    return page.locator(".drop progress").last.evaluate("bar => bar.value")
