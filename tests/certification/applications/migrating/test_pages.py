"""The offer on the employer's pages: who sees it, what it says, and that each button does what it says."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse

from audit.models import Event
from certification.applications.enums import State
from certification.applications.migrating.enums import Choice
from certification.applications.migrating.models import MigrationChoice
from certification.applications.models import Application
from tests.accounts.factories import UserFactory
from tests.certification.amendments.factories import drop_criterion, set_criterion, together
from tests.certification.applications.cases import base, complete_draft
from tests.certification.applications.migrating.versions import accept, newer, offered
from tests.certification.evidence.factories import PDF
from tests.certification.review.factories import AT

pytestmark = pytest.mark.django_db
CHANGE = together(drop_criterion("DEI-1.2", "DEI-1.1"), set_criterion("DEI-2.1", guidance="Otra cosa."))


@pytest.fixture
def world(client):
    case, offer = offered(CHANGE, note="Más clara y más corta.")
    client.force_login(case.editor)
    return case, offer


def page(case):
    return f"{base(case)}version/"


def choose(client, case, verb, **said):
    application = case.fresh()
    return client.post(f"{page(case)}{verb}/", {"version": application.version, **said}, follow=True)


def test_hub_tells_the_offer(client, world):
    case, _offer = world
    html = client.get(base(case)).content.decode()
    assert "Hay una versión nueva" in html
    assert "Más clara y más corta." in html
    assert page(case) in html


def test_hub_says_nothing_without_an_offer(client):
    case = complete_draft()
    client.force_login(case.editor)
    assert "versión nueva" not in client.get(base(case)).content.decode()
    assert client.get(page(case)).status_code == 404


def test_page_tells_what_changes(client, world):
    case, _offer = world
    html = client.get(page(case)).content.decode()
    assert "Hay una versión nueva: qué cambia" in html
    assert "Ya no se pide. Lo que dijiste se guarda y lo puedes leer." in html
    assert "Tu respuesta se lleva como está: revísala." in html
    assert "Pasar a la versión 2030.1" in html


def test_moving_by_its_button(client, world):
    case, offer = world
    html = choose(client, case, "pasar", offer=offer.pk).content.decode()
    assert "La solicitud sigue ya la versión nueva" in html
    assert f'{base(case)}criterios/DEI-2.1/">DEI-2.1</a>' in html
    assert case.fresh().standard == offer.target
    assert "Pasó a la versión nueva de la norma" in html


def test_what_is_gone_is_read_and_marked(client, world):
    case, offer = world
    accept(case, offer)
    html = client.get(page(case)).content.decode()
    assert "Ya no se pide" in html
    assert "Así lo hacemos." in html
    assert client.get(f"{base(case)}criterios/DEI-1.2/").status_code == 404
    assert "Cambió la redacción: revísalo" in client.get(f"{base(case)}criterios/DEI-2.1/").content.decode()
    assert "Cambió la redacción" not in client.get(f"{base(case)}criterios/DEI-3.1/").content.decode()


def test_staying_by_its_button(client, world):
    case, offer = world
    html = choose(client, case, "conservar", offer=offer.pk).content.decode()
    assert "Todavía puedes pasar a la 2030.1" in html
    assert MigrationChoice.objects.get().choice == Choice.KEPT


def test_going_back_by_its_button(client, world):
    case, offer = world
    accept(case, offer)
    assert "Volver a la versión 2019.1" in client.get(page(case)).content.decode()
    choose(client, case, "volver")
    assert case.fresh().standard == offer.source


@pytest.mark.parametrize("said", [{"offer": "x"}, {"offer": ""}, {}, {"offer": "99"}])
def test_an_offer_that_is_none_changes_nothing(client, world, said):
    case, offer = world
    assert "ya no se ofrece" in choose(client, case, "pasar", **said).content.decode()
    assert case.fresh().standard == offer.source


@pytest.mark.parametrize("version", ["", "x", "99"])
def test_two_windows(client, world, version):
    case, offer = world
    said = {"offer": offer.pk, "version": version}
    assert "cambió desde que la abriste" in client.post(f"{page(case)}pasar/", said, follow=True).content.decode()
    assert case.fresh().standard == offer.source


@pytest.mark.parametrize("verb", ["pasar", "conservar", "volver"])
def test_other_employers_and_readers(client, world, verb):
    case, offer = world
    for person, status in ((case.foreigner, 404), (case.manager, 404), (case.reader, 403)):
        client.force_login(person)
        assert choose(client, case, verb, offer=offer.pk).status_code == status
    assert not MigrationChoice.objects.exists()


def test_who_opens_the_page(client, world):
    case, _offer = world
    for person, status in ((case.foreigner, 404), (case.manager, 404), (case.reader, 200)):
        client.force_login(person)
        answer = client.get(page(case))
        assert answer.status_code == status
    assert "Pasar a la versión" not in answer.content.decode()
    client.logout()
    assert client.get(page(case)).url.startswith(reverse("account_login"))


def test_unknown_verbs_are_404(client, world):
    assert choose(client, world[0], "borrar").status_code == 404


def test_managers_offer_and_withdraw(client):
    case = complete_draft()
    newer(CHANGE)
    client.force_login(UserFactory(manager=True))
    address = f"/programa/normas/{case.application.standard_id}/ofrecer/"
    html = client.post(address, {"note": "Más clara."}, follow=True).content.decode()
    assert "Desde el" in html
    assert case.application.folio not in html
    assert "Ya se ofrece" in client.post(address, {"note": ""}, follow=True).content.decode()
    offer = case.application.standard.offers_from.get()
    html = client.post(f"/programa/normas/ofertas/{offer.pk}/retirar/", follow=True).content.decode()
    assert "Ya no se ofrece" in html


def test_evidence_of_what_is_gone_is_the_employers_own(client, world):
    """It is not sent, so the programme does not open it, even by its address."""
    case, offer = world
    moved = accept(case, offer)
    uses = {use.item: use for use in moved.evidence_uses.all()}
    said = {"state": State.IN_REVIEW, "submitted_at": AT, "reviewer": case.reviewer, "body": case.body}
    Application.objects.filter(pk=moved.pk).update(**said)
    client.force_login(case.reviewer)
    for address in ("/empresa/solicitudes/{folio}/evidencia/{pk}/archivo/", "/revision/{folio}/evidencia/{pk}/1/"):
        assert client.get(address.format(folio=moved.folio, pk=uses["DEI-1.2"].pk)).status_code == 404
    looks = Event.objects.about(moved).filter(action="evidence_seen")
    assert not looks.exists()
    default_storage.save(uses["DEI-1.1"].revision.file, ContentFile(PDF))  # the factories store no file
    sent = client.get(f"/empresa/solicitudes/{moved.folio}/evidencia/{uses['DEI-1.1'].pk}/archivo/")
    assert b"".join(sent.streaming_content) == PDF
    assert looks.count() == 1
