"""Mail goes out after the commit, as text and HTML, and never gets in the way."""

import pytest
from django.core import mail
from django.db import transaction
from django.template import TemplateDoesNotExist
from django.utils.translation import override

from accounts import emails

NAMES = ["accounts/emails/of-no-programme", "accounts/emails/role_granted"]
CONTEXT = {"role": "Revisión & más", "body": None}


@pytest.mark.django_db(transaction=True)
def test_nothing_leaves_before_the_commit():
    with transaction.atomic():
        emails.send_after_commit(NAMES, to=["ana@ejemplo.mx"], context=CONTEXT)
        assert mail.outbox == []
    assert [message.to for message in mail.outbox] == [["ana@ejemplo.mx"]]


@pytest.mark.django_db(transaction=True)
def test_nothing_leaves_when_the_transaction_fails():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        emails.send_after_commit(NAMES, to=["ana@ejemplo.mx"], context=CONTEXT)
        raise ZeroDivisionError
    assert mail.outbox == []


@pytest.mark.django_db(transaction=True)
def test_message_has_text_and_html_in_spanish_for_each_address():
    with override("en"):
        emails.send_after_commit(NAMES, to=["ana@ejemplo.mx", "eva@ejemplo.mx", "ana@ejemplo.mx"], context=CONTEXT)
    assert [message.to for message in mail.outbox] == [["ana@ejemplo.mx"], ["eva@ejemplo.mx"]]
    message = mail.outbox[0]
    assert message.subject == "Tu función en el programa: Revisión & más"
    assert "«Revisión & más»" in message.body
    assert "http://127.0.0.1:8000/cuenta/2fa/" in message.body
    html, kind = message.alternatives[0]
    assert kind == "text/html"
    assert "Revisión &amp; más" in html
    assert "Constancia" in html


@pytest.mark.django_db
def test_missing_template_is_told_to_who_develops():
    with pytest.raises(TemplateDoesNotExist):
        emails.send_after_commit(["accounts/emails/nothing"], to=["ana@ejemplo.mx"], context={})


@pytest.mark.django_db(transaction=True)
def test_mail_server_that_is_away_breaks_nothing_and_names_nobody(settings, caplog):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    emails.send_after_commit(NAMES, to=["ana@ejemplo.mx"], context=CONTEXT)
    assert "A mail was not sent: ConnectionRefusedError" in caplog.text
    assert "ana@ejemplo.mx" not in caplog.text
