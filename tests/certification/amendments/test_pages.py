"""The pages of /programa/normas/: who opens them, what they show, and that each button does what it says."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from certification.amendments import actions
from certification.amendments.enums import DraftState
from certification.amendments.models import StandardDraft
from certification.standards.models import Standard
from certification.standards.reading import parse_yaml
from tests.accounts.factories import UserFactory
from tests.certification.amendments.factories import NEWER, drop_criterion, revised_text, set_criterion, together
from tests.certification.amendments.test_running import short_case
from tests.certification.standards.factories import AT, DEI, changed, document_of, publish

pytestmark = pytest.mark.django_db
LIST = "/programa/normas/"
CHANGE = together(
    set_criterion("DEI-1.1", critical=False, guidance="Documento firmado que compromete la inclusión de todas."),
    drop_criterion("DEI-1.2", "DEI-1.1"),
)


@pytest.fixture
def manager(client):
    person = UserFactory(manager=True)
    client.force_login(person)
    return person


def made(manager, text=None, try_it=True):
    draft = actions.upload(text or revised_text(CHANGE), file_name="norma.yaml", actor=manager, at=AT)
    if try_it:
        actions.run_trial(draft.pk, draft.fingerprint, at=AT)
    draft.refresh_from_db()
    return draft


def page(draft, *steps):
    return "/".join([f"{LIST}textos/{draft.pk}", *steps, ""])


def file_of(text, name="norma.yaml"):
    return SimpleUploadedFile(name, text if isinstance(text, bytes) else text.encode())


@pytest.mark.parametrize("trait", [{}, {"reviewer": True}, {"decider": True}, {"editor": True}])
def test_other_roles_are_refused(client, trait):
    draft, standard = made(UserFactory(manager=True)), publish()
    client.force_login(UserFactory(**trait))
    gets = [LIST, page(draft), page(draft, "diferencias"), f"{LIST}textos/{draft.pk}/texto.yaml"]
    assert {client.get(one).status_code for one in [*gets, f"{LIST}{standard.pk}/norma.yaml"]} == {403}
    posts = [LIST, page(draft), page(draft, "probar"), page(draft, "proponer"), f"{LIST}{standard.pk}/ofrecer/"]
    assert {client.post(one, {"version": 0}).status_code for one in posts} == {403}


def test_anonymous_goes_to_login(client):
    for one in (LIST, f"{LIST}textos/1/", f"{LIST}textos/1/diferencias/", f"{LIST}textos/1/texto.yaml"):
        assert client.get(one).url.startswith(reverse("account_login"))


def test_list_shows_versions_and_texts(client, manager):
    publish()
    draft = made(manager, try_it=False)
    html = client.get(LIST).content.decode()
    assert "Versión 2019.1" in html
    assert page(draft) in html
    assert f"versión {NEWER}" in html


def test_list_asks_the_database_the_same_for_many(client, manager, django_assert_max_num_queries):
    publish()
    made(manager, try_it=False)
    client.get(LIST)
    with django_assert_max_num_queries(9) as few:
        client.get(LIST)
    for number in range(5):
        made(manager, revised_text(version=f"2040.{number}"), try_it=False)
    with django_assert_max_num_queries(len(few)):
        client.get(LIST)


def test_upload_a_file(client, manager):
    answer = client.post(LIST, {"file": file_of("﻿" + revised_text())}, follow=True)
    draft = StandardDraft.objects.get()
    assert answer.redirect_chain[-1][0] == page(draft)
    assert (draft.uploaded_by, draft.file_name, draft.text) == (manager, "norma.yaml", revised_text())


def test_a_text_written_on_the_page_is_as_good(client, manager):
    client.post(LIST, {"text": revised_text().replace("\n", "\r\n")})
    assert StandardDraft.objects.get().standard_version == NEWER


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({}, "Elige un archivo o escribe el texto"),
        ({"file": b"\xff\xfe"}, "no es texto UTF-8"),
        ({"file": b"code: \x00"}, "no es texto UTF-8"),
        ({"file": b"a" * 2_000_001}, "pasa de 2 MB"),
    ],
    ids=["nothing", "no text", "nul", "size"],
)
def test_what_is_no_text_is_refused_in_words(client, manager, data, sentence):
    sent = {name: file_of(value) for name, value in data.items()}
    assert sentence in client.post(LIST, sent).content.decode()
    assert not StandardDraft.objects.exists()


def test_report_names_line_key_and_remedy(client, manager):
    draft = made(manager, changed(DEI, ("free: true", "gratis: true")), try_it=False)
    html = client.get(page(draft)).content.decode()
    line = changed(DEI, ("free: true", "gratis: true")).splitlines().index("gratis: true") + 1
    assert f'<td class="figure">{line}</td><td class="code key-path">gratis</td>' in html
    assert "No se conoce la clave «gratis».<br><b>Quítala o corrige su nombre.</b>" in html
    assert "Proponer publicación" not in html
    assert client.get(page(draft, "diferencias")).status_code == 404


def test_replacing_keeps_both_windows_honest(client, manager):
    draft = made(manager)
    answer = client.post(page(draft), {"text": revised_text(version="2031.1"), "version": draft.version}, follow=True)
    assert "El texto nuevo quedó guardado" in answer.content.decode()
    late = client.post(page(draft), {"text": "code: tarde", "version": draft.version})
    assert "cambió desde que lo abriste" in late.content.decode()
    assert "code: tarde" in late.content.decode()
    draft.refresh_from_db()
    assert draft.standard_version == "2031.1"


def test_side_by_side(client, manager):
    publish()
    html = client.get(page(made(manager), "diferencias")).content.decode()
    assert "De la versión 2019.1 a la 2030.1" in html
    assert "<del>y la no discriminación.</del>" in html
    assert "<ins>de todas.</ins>" in html
    assert "Ya no está: 1" in html
    assert "Las dos versiones de DEI-1.1" in html


def test_dry_run_is_shown(client, manager, django_capture_on_commit_callbacks):
    folio = short_case().application.folio
    draft = made(manager, revised_text(set_criterion("DEI-1.2", critical=True)), try_it=False)
    assert "Sin correr" in client.get(page(draft)).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(page(draft, "probar")).url == page(draft)
    html = client.get(page(draft)).content.decode()
    assert "se calificaron 1 solicitudes enviadas" in html
    assert f'<span class="folio">{folio}</span>' in html
    assert "Distintivo otorgado → <b>sin nivel</b>" in html


def test_two_managers_publish(client, manager):
    publish()
    draft = made(manager)
    said = {"version": draft.version, "reason": "Cambió la ley."}
    html = client.post(page(draft, "proponer"), said, follow=True).content.decode()
    assert "La propusiste tú: la decide otra persona" in html
    assert "Publicar esta versión" not in html
    client.force_login(UserFactory(manager=True))
    assert "Publicar esta versión" in client.get(page(draft)).content.decode()
    html = client.post(page(draft, "publicar"), {"version": draft.version + 1}, follow=True).content.decode()
    assert "Es la versión vigente" in html
    assert Standard.objects.in_force().get().version == NEWER
    assert "De la versión 2019.1 a la 2030.1" in client.get(page(draft, "diferencias")).content.decode()
    assert "Contra la versión 2019.1" in client.get(page(draft)).content.decode()


def test_the_only_manager_reads_that_a_second_one_is_needed(client, manager):
    draft = made(manager)
    said = {"version": draft.version, "reason": "Cambió la ley."}
    for html in (client.get(page(draft)), client.post(page(draft, "proponer"), said, follow=True)):
        assert "Hace falta una segunda persona de gestión" in html.content.decode()
        assert f'href="{reverse("staff_list")}"' in html.content.decode()
    assert "por correo a las demás" not in html.content.decode()


def test_with_a_second_manager_the_others_are_told(client, manager):
    UserFactory(manager=True)
    draft = made(manager)
    said = {"version": draft.version, "reason": "Cambió la ley."}
    html = client.post(page(draft, "proponer"), said, follow=True).content.decode()
    assert "Avisamos por correo a las demás personas de gestión." in html
    assert "Hace falta una segunda persona" not in html


def test_the_first_manager_cannot_publish_by_address(client, manager):
    draft = made(manager)
    client.post(page(draft, "proponer"), {"version": draft.version, "reason": "Cambió la ley."})
    html = client.post(page(draft, "publicar"), {"version": draft.version + 1}, follow=True).content.decode()
    assert "La propusiste tú" in html
    assert not Standard.objects.exists()


def test_refused_with_a_reason(client, manager):
    draft = made(manager)
    client.post(page(draft, "proponer"), {"version": draft.version, "reason": "Cambió la ley."})
    client.force_login(UserFactory(manager=True))
    html = client.post(
        page(draft, "rechazar"), {"version": 1, "reason": "Falta consulta."}, follow=True
    ).content.decode()
    assert "Falta consulta." in html
    draft.refresh_from_db()
    assert draft.state == DraftState.REFUSED


def test_taken_back(client, manager):
    draft = made(manager)
    client.post(page(draft, "proponer"), {"version": draft.version, "reason": "Cambió la ley."})
    client.post(page(draft, "retirar"), {"version": draft.version + 1})
    draft.refresh_from_db()
    assert draft.state == DraftState.DRAFT


@pytest.mark.parametrize("version", [None, "", "99", "x"])
def test_what_the_page_did_not_show_is_not_decided(client, manager, version):
    draft = made(manager)
    said = {"reason": "Cambió la ley."} | ({} if version is None else {"version": version})
    answer = client.post(page(draft, "proponer"), said)
    assert answer.status_code == 409
    assert "cambió desde que lo abriste" in answer.content.decode()
    assert answer.content.decode().count("Cambió la ley.") == 2  # told, and in its field again


def test_unknown_verbs_and_texts_are_404(client, manager):
    assert client.post(page(made(manager), "borrar")).status_code == 404
    assert client.get(f"{LIST}textos/999/").status_code == 404


def test_downloads(client, manager):
    draft, standard = made(manager), publish()
    assert client.get(f"{LIST}textos/{draft.pk}/texto.yaml").content.decode() == draft.text
    assert parse_yaml(client.get(f"{LIST}{standard.pk}/norma.yaml").content.decode()) == document_of(DEI)
