import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit.models import Event
from good_practices.models import Practice
from good_practices.search import search
from tests.accounts.factories import UserFactory
from tests.employers.factories import MembershipFactory
from tests.good_practices.factories import CertificateFactory, PracticeFactory

pytestmark = pytest.mark.django_db
TEXTS = {
    "title": "Sala de lactancia en la bodega",
    "subtopic": "paternidad-maternidad",
    "problem": "No había lugar.",
    "action": "Se acondicionó una oficina.",
    "cost": "Doce mil pesos.",
    "result": "La usan nueve personas.",
}


@pytest.fixture
def certificate():
    return CertificateFactory()


@pytest.fixture
def owner(client, certificate):
    user = MembershipFactory(employer=certificate.employer, owner=True).user
    client.force_login(user)
    return user


def create_url(certificate):
    return f"{reverse('practice_create')}?certificado={certificate.folio}"


def edit_url(practice):
    return reverse("practice_edit", args=[practice.pk])


def test_a_draft_saves_anything(client, owner, certificate):
    response = client.post(create_url(certificate), {"title": "", "problem": "Apenas una idea"}, follow=True)
    practice = Practice.objects.get()
    assert "Guardamos tu borrador" in response.content.decode()
    assert (practice.state, practice.problem, practice.created_by) == ("draft", "Apenas una idea", owner)
    assert (practice.entity, practice.size, practice.sector) == ("14", "mediana", "privado")


def test_sending_the_new_form_twice_makes_one(client, owner, certificate):
    token = client.get(create_url(certificate)).context["form"]["token"].value()
    for _ in range(2):
        client.post(create_url(certificate), {**TEXTS, "token": token})
    assert Practice.objects.count() == 1


def test_proposing_records_the_consent(client, owner, certificate):
    response = client.post(create_url(certificate), {**TEXTS, "consent": "on", "propose": "1"}, follow=True)
    practice = Practice.objects.get()
    assert "Propusiste la práctica" in response.content.decode()
    assert (practice.state, practice.topic, practice.consented_by) == ("proposed", "conciliacion", owner)
    assert [(event.action, event.actor) for event in Event.objects.about(practice)] == [
        ("start", owner),
        ("propose", owner),
    ]


def test_what_is_missing_is_said_at_once_and_nothing_is_lost(client, owner, certificate):
    response = client.post(create_url(certificate), {"title": "Sólo título", "propose": "1"})
    html = response.content.decode()
    practice = Practice.objects.get()
    for words in ("Elige el tema.", "Cuenta qué hicieron.", "Di qué costó", "acepta que se publique"):
        assert words in html
    assert f'action="{edit_url(practice)}"' in html
    assert (practice.state, practice.title) == ("draft", "Sólo título")


def test_proposing_without_consent_is_refused(client, owner, certificate):
    response = client.post(create_url(certificate), {**TEXTS, "propose": "1"})
    assert "Para proponerla, acepta que se publique." in response.content.decode()
    assert Practice.objects.get().state == "draft"


def test_the_second_of_two_sees_both_texts(client, owner, certificate):
    practice = PracticeFactory(certificate=certificate)
    client.post(edit_url(practice), {**TEXTS, "problem": "De la primera", "version": "0"})
    html = client.post(edit_url(practice), {**TEXTS, "problem": "De la segunda", "version": "0"}).content.decode()
    assert "Alguien cambió esta práctica mientras escribías" in html
    assert "De la primera" in html
    assert "De la segunda" in html
    assert '<input type="hidden" name="version" value="1">' in html
    practice.refresh_from_db()
    assert practice.problem == "De la primera"


def test_a_returned_one_shows_the_comment_and_can_be_proposed_again(client, owner, certificate):
    practice = PracticeFactory(certificate=certificate, returned=True)
    assert "Di cuánto costó." in client.get(edit_url(practice)).content.decode()
    client.post(edit_url(practice), {**TEXTS, "version": "0", "consent": "on", "propose": "1"})
    practice.refresh_from_db()
    assert practice.state == "proposed"


@pytest.mark.parametrize("state", ["proposed", "published", "withdrawn"])
def test_what_is_not_a_draft_is_read_and_not_changed(client, owner, certificate, state):
    practice = PracticeFactory(certificate=certificate, **{state: True})
    assert client.get(edit_url(practice)).context["form"] is None
    client.post(edit_url(practice), {**TEXTS, "version": "0"})
    practice.refresh_from_db()
    assert practice.title == "Horario flexible en planta"


def test_withdrawing_leaves_the_search(client, owner, certificate):
    practice = PracticeFactory(certificate=certificate, published=True)
    client.post(reverse("practice_withdraw", args=[practice.pk]), {"version": "0"})
    practice.refresh_from_db()
    assert practice.state == "withdrawn"
    assert search("").total == 0
    assert Event.objects.about(practice).get().actor == owner


@pytest.mark.parametrize("change", [{"status": "suspended"}, {"valid_until": dt.date(2026, 4, 1)}])
def test_a_certificate_that_is_not_in_force_proves_nothing(client, owner, change):
    certificate = CertificateFactory(employer=owner.memberships.get().employer, **change)
    html = client.post(create_url(certificate), TEXTS).content.decode()
    assert "no está vigente" in html
    assert not Practice.objects.exists()


def test_readers_read_and_do_not_write(client, certificate):
    client.force_login(MembershipFactory(employer=certificate.employer, reader=True).user)
    practice = PracticeFactory(certificate=certificate)
    assert client.get(create_url(certificate)).status_code == 403
    assert client.get(edit_url(practice)).context["form"] is None
    assert client.post(edit_url(practice), {**TEXTS, "version": "0"}).status_code == 403
    assert client.post(reverse("practice_withdraw", args=[practice.pk]), {"version": "0"}).status_code == 403


@pytest.mark.parametrize("role", ["owner", "editor"])
def test_others_find_nothing(client, certificate, role):
    practice = PracticeFactory(certificate=certificate, published=True)
    user = UserFactory(editor=True) if role == "editor" else MembershipFactory(owner=True).user
    client.force_login(user)
    assert client.get(edit_url(practice)).status_code == 404
    assert client.post(edit_url(practice), TEXTS).status_code == 404
    assert client.post(reverse("practice_withdraw", args=[practice.pk])).status_code == 404
    assert client.get(create_url(certificate)).status_code == 404


def test_anonymous_goes_to_log_in(client, certificate):
    practice = PracticeFactory(certificate=certificate)
    for url in (create_url(certificate), edit_url(practice), reverse("own_practice_list")):
        assert client.get(url).url.startswith(reverse("account_login"))


def test_get_never_withdraws(client, owner, certificate):
    practice = PracticeFactory(certificate=certificate)
    assert client.get(reverse("practice_withdraw", args=[practice.pk])).status_code == 405


def test_queries_of_the_list_do_not_grow(client, owner, certificate):
    PracticeFactory(title="De otra empresa")
    PracticeFactory(certificate=certificate)
    client.get(reverse("own_practice_list"))
    counts = []
    for more in (0, 14):
        PracticeFactory.create_batch(more, certificate=certificate)
        with CaptureQueriesContext(connection) as queries:
            html = client.get(reverse("own_practice_list")).content.decode()
        counts.append((len(queries), html.count("<h3>")))
    assert counts == [(counts[0][0], 1), (counts[0][0], 15)]
    assert "De otra empresa" not in html
