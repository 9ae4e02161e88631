"""A session that ended while its person was typing."""

from django.conf import settings
from django.urls import reverse

from tests.accounts.factories import PASSWORD


def log_in_by_form(client, person, address=None):
    """Give address and password like a person, here or at the address that a redirect gave."""
    given = {"login": person.email, "password": PASSWORD}
    return client.post(address or reverse("account_login"), given, follow=bool(address))


def lose_session(client, person):
    """Log in and end the session; what else the browser keeps stays."""
    log_in_by_form(client, person)
    del client.cookies[settings.SESSION_COOKIE_NAME]
