"""The pages of people and bodies of the programme."""

import pytest
from django.urls import reverse

from accounts.models import ReviewBody, User
from audit.models import Event
from tests.accounts.factories import BodyMembershipFactory, ReviewBodyFactory, UserFactory

pytestmark = pytest.mark.django_db
PAGES = ["staff_list", "body_list", "programme"]


@pytest.fixture
def manager(client):
    person = UserFactory(manager=True)
    client.force_login(person)
    return person


@pytest.mark.parametrize("page", PAGES)
def test_anonymous_goes_to_login(client, page):
    answer = client.get(reverse(page))
    assert answer.status_code == 302
    assert answer.url.startswith(reverse("account_login"))


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("trait", [{}, {"reviewer": True}, {"decider": True}, {"editor": True}])
def test_other_roles_are_refused(client, page, trait):
    client.force_login(UserFactory(**trait))
    assert client.get(reverse(page)).status_code == 403


def test_list_shows_roles_and_bodies(client, manager):
    membership = BodyMembershipFactory()
    html = client.get(reverse("staff_list")).content.decode()
    assert membership.user.email in html
    assert membership.body.name in html
    assert "Quitar la función «Revisión»" in html


def test_list_asks_the_database_the_same_for_many(client, manager, django_assert_num_queries):
    BodyMembershipFactory()
    with django_assert_num_queries(8):
        client.get(reverse("staff_list"))
    BodyMembershipFactory.create_batch(20)
    with django_assert_num_queries(8):
        client.get(reverse("staff_list"))


def test_give_a_role(client, manager):
    person, body = UserFactory(), ReviewBodyFactory()
    data = {"email": person.email, "role": "reviewer", "body": body.pk, "reason": "Concurso"}
    answer = client.post(reverse("staff_list"), data, follow=True)
    assert f"{person.full_name} ya tiene la función." in answer.content.decode()
    assert User.objects.get(pk=person.pk).roles == {"reviewer"}
    assert Event.objects.about(person).get().actor == manager


def test_the_page_asks_before_it_moves_somebody_and_tells_it(client, manager):
    membership, body = BodyMembershipFactory(), ReviewBodyFactory()
    data = {"email": membership.user.email, "role": "decider", "body": body.pk, "reason": "Concurso"}
    asked = client.post(reverse("staff_list"), data).content.decode()
    assert "Marca «Cambiarla de organismo» si así debe ser." in asked
    told = client.post(reverse("staff_list"), {**data, "moves": "on"}, follow=True).content.decode()
    assert f"Dejó «{membership.body}» y trabaja para «{body}»." in told


def test_give_a_role_to_nobody_says_what_to_do(client, manager):
    data = {"email": "nadie@ejemplo.mx", "role": "editor", "reason": "x"}
    answer = client.post(reverse("staff_list"), data)
    assert "Pídele que la cree y la confirme." in answer.content.decode()
    assert not Event.objects.exists()


def test_reviewer_needs_a_body(client, manager):
    data = {"email": UserFactory().email, "role": "reviewer", "reason": "x"}
    assert "Elige para qué organismo" in client.post(reverse("staff_list"), data).content.decode()


def test_take_a_role(client, manager):
    person = UserFactory(editor=True)
    url = reverse("staff_revoke", args=[person.pk])
    client.post(url, {"role": "editor", "reason": "Terminó su encargo"})
    assert User.objects.get(pk=person.pk).roles == set()
    assert Event.objects.about(person).get().reason == "Terminó su encargo"
    assert client.post(url, {"role": "editor", "reason": "Otra vez"}).status_code == 404


def test_take_a_role_without_a_reason_changes_nothing(client, manager):
    person = UserFactory(editor=True)
    answer = client.post(reverse("staff_revoke", args=[person.pk]), {"role": "editor"}, follow=True)
    assert "Escribe el motivo" in answer.content.decode()
    assert User.objects.get(pk=person.pk).roles == {"editor"}


def test_who_tries_their_own_is_told_why(client, manager):
    data = {"role": "programme_manager", "reason": "Me voy"}
    answer = client.post(reverse("staff_revoke", args=[manager.pk]), data, follow=True)
    page = answer.content.decode()
    assert "Nadie cambia sus propias funciones ni su organismo" in page
    assert "Eres tú: tus funciones las cambia otra persona" in page
    assert reverse("staff_revoke", args=[manager.pk]) not in page


@pytest.mark.parametrize("page", ["staff_revoke", "staff_body"])
def test_changes_are_posts_by_managers(client, page):
    url = reverse(page, args=[UserFactory(editor=True).pk])
    assert client.post(url, {}).url.startswith(reverse("account_login"))
    client.force_login(UserFactory(reviewer=True))
    assert client.post(url, {}).status_code == 403
    assert client.get(url).status_code == 405


def test_change_of_body(client, manager):
    membership, body = BodyMembershipFactory(), ReviewBodyFactory()
    client.post(reverse("staff_body", args=[membership.user.pk]), {"body": body.code})
    assert membership.user.body_memberships.get(ended_at=None).body == body


BODY = {
    "code": "oc-1",
    "name": "Certificadora Uno",
    "kind": "accredited",
    "office": "Oficina",
    "signatory_charge": "Dir",
}


def test_body_is_registered_and_changed(client, manager):
    client.post(reverse("body_list"), {**BODY, "accreditation": "OC-001"})
    body = ReviewBody.objects.get(code="oc-1")
    client.post(reverse("body_edit", args=["oc-1"]), {**BODY, "accreditation": "OC-001", "name": "Certificadora 1"})
    body.refresh_from_db()
    assert body.name == "Certificadora 1"
    assert [event.action for event in Event.objects.about(body)] == ["body_created", "body_changed"]


def test_accredited_body_without_number_is_refused(client, manager):
    answer = client.post(reverse("body_list"), BODY)
    assert "Un organismo acreditado lleva su número de acreditación." in answer.content.decode()
    assert not ReviewBody.objects.exists()
