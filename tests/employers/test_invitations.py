import datetime as dt
import re
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.refusals import ActionRefused
from audit.models import Event
from employers import actions
from employers.models import Invitation
from tests.accounts.factories import PASSWORD
from tests.employers.factories import EmployerFactory, InvitationFactory, MembershipFactory, UserFactory

LONG_AGO = dt.datetime(2026, 1, 5, 18, 0, tzinfo=dt.UTC)


def link(token):
    return reverse("invitation_accept", args=[token])


@pytest.fixture
def invitation(employer, owner):
    return InvitationFactory(employer=employer, invited_by=owner, token="secreto", email="nueva@ejemplo.mx")


@pytest.fixture
def sent(as_user, owner, employer, mailoutbox, django_capture_on_commit_callbacks):
    """Invite by the page; return the answer and the secret that was mailed."""

    def invite(**data):
        form = {"email": "nueva@ejemplo.mx", "role": "editor", **data}
        with django_capture_on_commit_callbacks(execute=True):
            response = as_user(owner).post(reverse("invitation_create", args=[employer.pk]), form)
        found = re.search(r"/empresa/invitaciones/([\w-]+)/", mailoutbox[-1].body) if mailoutbox else None
        return response, found and found[1]

    return invite


def test_an_invitation_is_mailed_and_only_the_hash_of_its_secret_is_stored(sent, mailoutbox, owner, settings):
    response, token = sent(email=" Nueva@Ejemplo.mx ", is_signatory="on")
    invitation = Invitation.objects.get()
    assert response.status_code == 302
    assert mailoutbox[0].to == ["nueva@ejemplo.mx"]
    assert "Tejidos del Sur" in mailoutbox[0].subject
    assert len(token) == 43
    assert token not in str(Invitation.objects.values().get())
    assert invitation.expires_at - invitation.invited_at == dt.timedelta(days=settings.INVITATION_DAYS)
    event = Event.objects.get()
    assert (event.action, event.actor) == ("invitation_sent", owner)
    assert "nueva@" not in str(event.data)


def test_inviting_twice_ends_the_first_link(sent, client):
    _, first = sent()
    _, second = sent(role="reader")
    client.logout()
    assert Invitation.objects.get().role == "reader"
    assert client.get(link(first)).status_code == 404
    assert client.get(link(second)).status_code == 200


def test_who_is_there_already_is_not_invited(sent, employer):
    member = MembershipFactory(employer=employer)
    response, _ = sent(email=member.user.email.upper())
    assert "Esa persona ya está en la empresa." in response.content.decode()
    assert not Invitation.objects.exists()


def test_who_has_no_account_is_told_who_invites_and_comes_back_after_logging_in(client, invitation, owner):
    page = client.get(link("secreto")).content.decode()
    assert "Te invitan a Tejidos del Sur" in page
    assert str(owner) in page
    assert f"{reverse('account_signup')}?next={link('secreto')}" in page
    newcomer = UserFactory()
    # As after confirming the address of a new account: the login knows of no page to go to.
    response = client.post(reverse("account_login"), {"login": newcomer.email, "password": PASSWORD})
    assert response.url == link("secreto")


def test_an_anonymous_post_does_not_accept(client, invitation):
    assert client.post(link("secreto")).status_code == 200
    assert Invitation.objects.get().accepted_at is None


def test_accepting_makes_a_member_and_twice_is_harmless(as_user, invitation, employer):
    newcomer = UserFactory(email="otra@ejemplo.mx")
    client = as_user(newcomer)
    page = client.get(link("secreto")).content.decode()
    assert "nueva@ejemplo.mx" in page
    assert "otra@ejemplo.mx" in page
    for _ in range(2):
        assert client.post(link("secreto")).url == reverse("employer_detail", args=[employer.pk])
    assert employer.membership_of(newcomer).role == "editor"
    assert employer.memberships.current().count() == 2
    assert [event.action for event in Event.objects.filter(actor=newcomer)] == ["member_joined", "invitation_accepted"]
    assert "Ya formas parte de Tejidos del Sur" in client.get(link("secreto")).content.decode()


def test_an_unverified_address_is_asked_to_be_confirmed_first(as_user, invitation, employer):
    newcomer = UserFactory(unverified=True)
    page = as_user(newcomer).post(link("secreto")).content.decode()
    assert "Antes de aceptar, confirma tu correo" in page
    assert employer.membership_of(newcomer) is None


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"revoked_at": timezone.now()}, "Quien te invitó anuló esta invitación."),
        ({"invited_at": LONG_AGO, "expires_at": LONG_AGO + dt.timedelta(days=7)}, "Esta invitación venció."),
        ({"accepted_at": timezone.now()}, "Esta invitación ya se usó."),
    ],
)
def test_an_invitation_that_ended_says_why(fields, sentence, as_user, invitation, employer):
    Invitation.objects.update(**fields)
    client = as_user(UserFactory())
    for response in (client.get(link("secreto")), client.post(link("secreto"))):
        assert response.status_code == 410
        assert sentence in response.content.decode()
    assert employer.memberships.count() == 1


def test_an_unknown_link_says_what_to_do(client, db):
    response = client.get(link("cualquiera"))
    assert response.status_code == 404
    assert "No encontramos esta invitación" in response.content.decode()


def test_who_was_a_member_keeps_their_role(as_user, invitation, employer, reader):
    as_user(reader).post(link("secreto"))
    assert employer.membership_of(reader).role == "reader"


def test_a_revoked_invitation_is_useless_and_revoking_twice_is_harmless(as_user, owner, invitation, said):
    page = reverse("invitation_revoke", args=[invitation.employer_id, invitation.pk])
    for _ in range(2):
        assert said(as_user(owner).post(page)) == ["Anulaste la invitación. Su enlace ya no sirve."]
    assert as_user(UserFactory()).post(link("secreto")).status_code == 410
    assert [event.action for event in Event.objects.all()] == ["invitation_revoked"]


def test_an_accepted_invitation_is_not_revoked(as_user, owner, invitation, said):
    as_user(UserFactory()).post(link("secreto"))
    page = reverse("invitation_revoke", args=[invitation.employer_id, invitation.pk])
    assert "ya se aceptó" in said(as_user(owner).post(page))[-1]


def test_an_expired_invitation_is_sent_again_with_a_new_link(
    as_user, owner, invitation, mailoutbox, django_capture_on_commit_callbacks
):
    ended = timezone.now() - dt.timedelta(days=1)
    Invitation.objects.update(invited_at=ended - dt.timedelta(days=7), expires_at=ended)
    page = reverse("invitation_resend", args=[invitation.employer_id, invitation.pk])
    with django_capture_on_commit_callbacks(execute=True):
        as_user(owner).post(page)
    assert len(mailoutbox) == 1
    assert Invitation.objects.get().is_open(timezone.now())
    assert as_user(None).get(link("secreto")).status_code == 404


def test_a_revoked_invitation_is_not_sent_again(invitation, owner):
    invitation.revoked_at = timezone.now()
    with pytest.raises(ActionRefused, match="ya no está pendiente"):
        actions.resend_invitation(invitation=invitation, actor=owner, at=timezone.now())


def send(employer, actor, address, at):
    actions.invite(employer=employer, email=address, role="editor", is_signatory=False, actor=actor, at=at)


def test_an_employer_mails_so_many_invitations_a_day(employer, owner, settings):
    settings.INVITATIONS_PER_DAY = 2
    at, second = timezone.now(), MembershipFactory(employer=employer, role="owner").user
    send(employer, owner, "a@ejemplo.mx", at)
    actions.resend_invitation(invitation=Invitation.objects.get(), actor=owner, at=at)
    with pytest.raises(ActionRefused, match="Ya se enviaron 2 invitaciones en las últimas 24 horas"):
        send(employer, second, "b@ejemplo.mx", at)
    send(employer, second, "b@ejemplo.mx", at + dt.timedelta(hours=25))


def test_a_person_mails_so_many_invitations_a_day(employer, owner, settings):
    settings.INVITATIONS_PER_DAY = 1
    send(employer, owner, "a@ejemplo.mx", timezone.now())
    with pytest.raises(ActionRefused, match="Espera a mañana"):
        send(EmployerFactory(owner=owner), owner, "b@ejemplo.mx", timezone.now())


def test_the_form_of_a_new_account_knows_the_invited_address(client, employer, owner):
    InvitationFactory(employer=employer, invited_by=owner, token="secreto", email="nora+dos@ejemplo.mx")
    page = client.get(link("secreto")).content.decode()
    address = unescape(page.partition('class="button" href="')[2].partition('"')[0])
    assert 'value="nora+dos@ejemplo.mx"' in client.get(address).content.decode()
