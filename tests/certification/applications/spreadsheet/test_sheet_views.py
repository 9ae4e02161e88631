"""The pages of the sheet: get it, bring it back, say yes or no to each change."""

import io

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from certification.applications.enums import State
from certification.applications.models import Answer, Application, Observation
from certification.applications.spreadsheet.models import SheetUpload
from tests.certification.applications.cases import NMX, base, complete_draft
from tests.certification.applications.spreadsheet.sheets import book_of, exported, filled, saved, upload
from tests.certification.review.factories import make_case

pytestmark = pytest.mark.django_db
NOTE = ("Criterios", "R07", "note", "Desde 2024")
CLAIM = ("Criterios", "R07a", "claim", "En parte")


@pytest.fixture
def case():
    return complete_draft(NMX)


def page(case):
    return f"{base(case)}hoja/"


def send(client, case, *cells, file=None, user=None):
    client.force_login(user or case.editor)
    return client.post(page(case), upload(file or filled(case, *cells)), follow=True)


def confirm(client, case, *apply, version=1):
    address = f"{page(case)}{SheetUpload.objects.first().pk}/"
    return client.post(address, {"version": version, "apply": apply}, follow=True)


def test_the_sheet_is_downloaded_as_it_is_now(client, case):
    client.force_login(case.editor)
    response = client.get(reverse("sheet_file", args=[case.application.folio]))
    assert response["Content-Disposition"] == f'attachment; filename="{case.application.folio}.xlsx"'
    assert response["Cache-Control"] == "private, no-store"
    book = load_workbook(io.BytesIO(b"".join(response.streaming_content)))
    assert book["Léeme"]["B2"].value == case.application.folio
    assert not SheetUpload.objects.exists()


def test_from_the_sheet_to_the_answers(client, case):
    response = send(client, case, NOTE, CLAIM)
    text = response.content.decode()
    assert response.redirect_chain[-1][0] == f"{page(case)}{SheetUpload.objects.get().pk}/"
    assert "2 cambios por confirmar" in text
    assert "Hoja Criterios, celda F" in text
    assert text.count(" checked>") == 2
    assert Answer.objects.get(criterion="R07").note == "Así lo hacemos."
    seen = Answer.objects.get(criterion="R07").version
    response = confirm(client, case, f"0-{seen}")
    assert "Se aplicó 1 cambio." in response.content.decode()
    found = Answer.objects.get(criterion="R07")
    assert (found.note, found.claims["R07a"], found.updated_by) == ("Desde 2024", "met", case.editor)
    assert "ya se había confirmado" in confirm(client, case, f"1-{seen}").content.decode()
    assert Answer.objects.get(criterion="R07").claims["R07a"] == "met"


def test_what_changed_in_the_portal_is_not_ticked(client, case):
    file = filled(case, NOTE, CLAIM)
    Answer.objects.filter(criterion="R07").update(note="Del portal", version=9)
    text = send(client, case, file=file).content.decode()
    assert "1 respuesta cambió en el portal después de tu descarga" in text
    assert 'value="0-9"> ' in text
    assert 'value="1-9" checked>' in text
    assert "Del portal" in text
    assert "márcala si quieres la de tu hoja" in text
    file = filled(case, NOTE, CLAIM)
    Answer.objects.filter(criterion="R07").update(note="Otra vez", claims={"R07a": "not_met"}, version=10)
    assert "Vienen sin marcar" in send(client, case, file=file).content.decode()


def test_a_sheet_without_changes_leaves_nothing_behind(client, case):
    assert "dice lo mismo que el portal" in send(client, case, file=exported(case)).content.decode()
    assert not SheetUpload.objects.exists()


def test_faults_are_told_with_their_cells_and_nothing_is_taken(client, case):
    text = send(client, case, NOTE, ("Criterios", "R08a", "claim", "=1+1")).content.decode()
    assert "No se tomó nada de la hoja" in text
    assert "Hoja Criterios, celda E33: es una fórmula; escribe el valor." in text
    assert not SheetUpload.objects.exists()


@pytest.mark.parametrize(
    ("name", "content"), [("a.xlsx", b"nada"), ("a.xlsm", b"PK"), ("a.pdf", b"%PDF-1.4"), ("a.xls", b"\xd0")]
)
def test_what_is_no_sheet_is_refused_in_words(client, case, name, content):
    client.force_login(case.editor)
    response = client.post(page(case), upload(io.BytesIO(content), name))
    assert f"«{name}»" in response.content.decode()
    assert not SheetUpload.objects.exists()


def test_nothing_chosen_is_asked_for(client, case):
    client.force_login(case.editor)
    assert "Elige al menos un archivo." in client.post(page(case), {}).content.decode()


def test_a_sheet_that_was_added_is_told(client, case):
    book = book_of(filled(case, NOTE))
    book.create_sheet("Mis notas")
    assert "La hoja «Mis notas» no salió de aquí y no se leyó." in send(client, case, file=saved(book)).content.decode()


def test_what_waits_is_offered_and_can_be_discarded(client, case):
    send(client, case, NOTE)
    assert "Tienes una hoja por confirmar" in client.get(page(case)).content.decode()
    pk = SheetUpload.objects.get().pk
    response = client.post(f"{page(case)}{pk}/descartar/", follow=True)
    assert "En el portal no cambió nada." in response.content.decode()
    assert "Tienes una hoja por confirmar" not in client.get(page(case)).content.decode()
    assert client.get(f"{page(case)}{pk}/", follow=True).redirect_chain[-1][0] == page(case)


def test_what_is_typed_in_the_sheet_is_never_markup(client, case):
    text = send(client, case, ("Criterios", "R07", "note", "<script>alert(1)</script>")).content.decode()
    assert "<script>alert(1)</script>" not in text
    assert "&lt;script&gt;" in text


@pytest.mark.parametrize("ticks", [["x"], ["0"], ["0-0-0"], ["99-1"], ["-1-1"], ["0-99999999999"], ["0-4"]])
def test_ticks_that_the_page_did_not_write_apply_nothing(client, case, ticks):
    send(client, case, NOTE)
    assert confirm(client, case, *ticks).status_code == 200
    assert Answer.objects.get(criterion="R07").note == "Así lo hacemos."


ADDRESSES = ("hoja/", "hoja/descargar/", "hoja/{pk}/")


@pytest.mark.parametrize("address", ADDRESSES)
def test_who_may(client, case, address):
    send(client, case, NOTE)
    path = base(case) + address.format(pk=SheetUpload.objects.get().pk)
    expected = {
        "owner": 404 if "{pk}" in address else 200,
        "reader": 403,
        "foreigner": 404,
        "manager": 404,
        "reviewer": 404,
    }
    for who, status in expected.items():
        client.force_login(getattr(case, who))
        response = client.get(path)
        assert (response.status_code, b"".join(response)[:0]) == (status, b""), who
    client.logout()
    assert client.get(path).status_code == 302


def test_another_person_does_not_confirm_or_discard_it(client, case):
    send(client, case, NOTE)
    pk = SheetUpload.objects.get().pk
    client.force_login(case.owner)
    assert client.post(f"{page(case)}{pk}/", {"version": 1, "apply": "0-1"}).status_code == 404
    assert client.post(f"{page(case)}{pk}/descartar/").status_code == 404
    client.force_login(case.reader)
    assert client.post(page(case), upload(filled(case, NOTE))).status_code == 403
    assert SheetUpload.objects.get().closed_at is None


def test_what_was_sent_is_only_downloaded(client, case):
    file = filled(case, NOTE)
    Application.objects.update(state=State.SUBMITTED, submitted_at=timezone.now())
    text = send(client, case, file=file).content.decode()
    assert "ya no está en tus manos" in text
    assert not SheetUpload.objects.exists()
    assert b"".join(client.get(f"{page(case)}descargar/")).startswith(b"PK")


def test_with_observations_what_was_observed_is_answered(client):
    case = make_case(State.OBSERVED, name=NMX)
    said = {"round": 1, "pointer": "p. 1", "rule": "R", "reason": "Falta", "created_at": timezone.now()}
    Observation.objects.create(application=case.application, item="R07", created_by=case.reviewer, **said)
    client.force_login(case.editor)
    assert "sólo se puede cambiar lo que te observaron" in client.get(page(case)).content.decode()
    send(client, case, NOTE)
    confirm(client, case, f"0-{Answer.objects.get(criterion='R07').version}")
    assert Answer.objects.get(criterion="R07").note == "Desde 2024"
    assert Observation.objects.get().answered_at is not None


def test_queries_of_the_changes_do_not_grow(client, case, django_assert_max_num_queries):
    counts = []
    for cells in ([NOTE], [(sheet, f"R{n:02d}", "note", "x") for n in range(1, 15) for sheet in ["Criterios"]]):
        send(client, case, *cells)
        address = f"{page(case)}{SheetUpload.objects.filter(closed_at=None).get().pk}/"
        with django_assert_max_num_queries(30) as asked:
            client.get(address)
        counts.append(len(asked))
    assert counts[0] == counts[1]
