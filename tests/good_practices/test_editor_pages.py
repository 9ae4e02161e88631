import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit.models import Event
from good_practices.search import search
from tests.accounts.factories import UserFactory
from tests.employers.factories import MembershipFactory
from tests.good_practices.factories import CertificateFactory, PracticeFactory

pytestmark = pytest.mark.django_db
QUEUE = reverse("practice_queue")


@pytest.fixture
def editor(client):
    user = UserFactory(editor=True)
    client.force_login(user)
    return user


def post(client, name, practice, **data):
    return client.post(reverse(name, args=[practice.pk]), {"version": practice.version, **data}, follow=True)


def test_publishing_is_found_told_and_recorded(client, editor, django_capture_on_commit_callbacks):
    practice = PracticeFactory(proposed=True, title="¡Guardería & más!")
    MembershipFactory(employer=practice.employer, user__email="duena@ejemplo.mx", owner=True)
    MembershipFactory(employer=practice.employer, reader=True)
    with django_capture_on_commit_callbacks(execute=True):
        post(client, "practice_publish", practice)
    practice.refresh_from_db()
    assert (practice.state, practice.slug, practice.published_by) == ("published", "guarderia-mas", editor)
    assert search("guarderías").hits == [practice]
    assert [event.action for event in Event.objects.about(practice)] == ["publish"]
    message = mail.outbox[0]
    assert message.to == ["duena@ejemplo.mx"]
    assert message.subject == "Publicamos tu práctica «¡Guardería & más!»"
    assert "/practicas/guarderia-mas/" in message.body


def test_publishing_twice_is_refused(client, editor):
    practice = PracticeFactory(proposed=True)
    post(client, "practice_publish", practice)
    assert "cambió desde que la abriste" in post(client, "practice_publish", practice).content.decode()
    assert Event.objects.about(practice).filter(action="publish").count() == 1


def test_two_of_one_title_have_two_addresses(client, editor):
    certificate = CertificateFactory()
    slugs = []
    for _ in range(3):
        practice = PracticeFactory(proposed=True, certificate=certificate, title="Rampas")
        post(client, "practice_publish", practice)
        practice.refresh_from_db()
        slugs.append(practice.slug)
    assert slugs == ["rampas", "rampas-2", "rampas-3"]


def test_returning_needs_a_comment(client, editor):
    practice = PracticeFactory(proposed=True)
    assert "Escribe el comentario" in post(client, "practice_return", practice, reason=" ").content.decode()
    practice.refresh_from_db()
    assert practice.state == "proposed"


@pytest.mark.parametrize(
    ("state", "name", "subject"),
    [
        ("proposed", "practice_return", "volvió con un comentario"),
        ("published", "practice_unpublish", "ya no está publicada"),
    ],
)
def test_comments_reach_the_employer(client, editor, state, name, subject, django_capture_on_commit_callbacks):
    practice = PracticeFactory(**{state: True})
    MembershipFactory(employer=practice.employer)
    with django_capture_on_commit_callbacks(execute=True):
        post(client, name, practice, reason="Falta decir <cuánto> costó.")
    practice.refresh_from_db()
    assert (practice.state, practice.comment) == ("returned", "Falta decir <cuánto> costó.")
    assert search("").total == 0
    assert subject in mail.outbox[0].subject
    assert "Falta decir <cuánto> costó." in mail.outbox[0].body
    assert "&lt;cuánto&gt;" in mail.outbox[0].alternatives[0].content
    assert Event.objects.about(practice).exclude(action="proofs_seen").get().reason == "Falta decir <cuánto> costó."


def test_an_editor_of_the_employer_does_not_publish_it(client, editor):
    practice = PracticeFactory(proposed=True)
    MembershipFactory(employer=practice.employer, user=editor)
    html = client.get(reverse("practice_review", args=[practice.pk])).content.decode()
    assert "otra persona de edición decide" in html
    assert post(client, "practice_publish", practice).status_code == 403
    practice.refresh_from_db()
    assert practice.state == "proposed"


def test_a_certificate_suspended_meanwhile_stops_it(client, editor):
    practice = PracticeFactory(proposed=True, certificate=CertificateFactory(status="suspended"))
    assert "no está vigente" in post(client, "practice_publish", practice).content.decode()
    assert search("").total == 0


@pytest.mark.parametrize("role", ["manager", "reviewer", "decider", None])
def test_other_roles_are_refused(client, role):
    practice = PracticeFactory(proposed=True)
    client.force_login(UserFactory(**({role: True} if role else {})))
    assert client.get(QUEUE).status_code == 403
    assert client.get(reverse("practice_review", args=[practice.pk])).status_code == 403
    for name in ("practice_publish", "practice_return", "practice_unpublish"):
        assert post(client, name, practice, reason="x").status_code == 403


@pytest.mark.parametrize("state", ["draft", "withdrawn"])
def test_what_was_never_proposed_is_private(client, editor, state):
    practice = PracticeFactory(**({} if state == "draft" else {state: True}))
    assert client.get(reverse("practice_review", args=[practice.pk])).status_code == 404


@pytest.mark.parametrize("name", ["practice_publish", "practice_return", "practice_unpublish"])
def test_get_changes_nothing_and_anonymous_logs_in(client, editor, name):
    url = reverse(name, args=[PracticeFactory(proposed=True).pk])
    assert client.get(url).status_code == 405
    client.logout()
    assert client.post(url).url.startswith(reverse("account_login"))


def test_queries_of_the_list_do_not_grow(client, editor):
    PracticeFactory(title="En borrador")
    PracticeFactory(proposed=True)
    client.get(QUEUE)
    counts = []
    for more in (0, 14):
        PracticeFactory.create_batch(more, proposed=True)
        with CaptureQueriesContext(connection) as queries:
            html = client.get(QUEUE).content.decode()
        counts.append((len(queries), html.count("<h3>")))
    assert counts == [(counts[0][0], 1), (counts[0][0], 15)]
    assert "En borrador" not in html
