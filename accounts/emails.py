"""Mail: rendered when the fact happens, sent when it is sure to have happened, and never in the way of it."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Sequence
from functools import partial
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template import Context
from django.template.loader import render_to_string, select_template
from django.utils.text import Truncator
from django.utils.translation import override
from django_tasks import task

from accounts import queueing

logger = logging.getLogger(__name__)

SUBJECT_LENGTH = 78
BLANK_LINES = re.compile(r"\n(?:[ \t]*\n){2,}")  # what conditions that do not hold leave between paragraphs


class MailNotSentError(Exception):
    """The mail server said no. The text names the kind of fault, never an address."""


def send_after_commit(templates: Sequence[str], *, to: Iterable[str], context: dict[str, Any]) -> None:
    """Mail ``to`` each address, one message each, once the transaction has been committed.

    ``templates`` are names tried in order; each may have ``.subject.txt``, ``.txt`` and ``.html``, and each of the
    three is found on its own. Paragraphs that both text and HTML say stand once, in ``.words.txt``, and are reached
    with ``{% include words %}``. A subject of more than 78 characters (RFC 5322, 2.1.1) is cut. The text is Spanish
    whatever language the person who acts has chosen. Raises TemplateDoesNotExist when a part is nowhere. A fault of
    the mail server is logged and breaks nothing.
    """
    full = {"site_url": settings.SITE_URL, "words": [f"{name}.words.txt" for name in templates], **context}
    with override(settings.LANGUAGE_CODE):
        subject = Truncator(" ".join(_plain(templates, ".subject.txt", full).split())).chars(SUBJECT_LENGTH)
        text = _plain(templates, ".txt", full)
        html = select_template([f"{name}.html" for name in templates]).render({**full, "subject": subject})
    for address in dict.fromkeys(to):
        transaction.on_commit(partial(enqueue, address, subject, text, html))


def html_of(subject: str, text: str) -> str:
    """Return a text message as HTML in the house's look, for mails that only have a text."""
    body = text.partition("\n--\n")[0]  # the HTML has a foot of its own
    return render_to_string("emails/plain.html", {"site_url": settings.SITE_URL, "subject": subject, "body": body})


def enqueue(address: str, subject: str, text: str, html: str) -> None:
    """Put a message in the queue (the immediate backend sends it at once)."""
    queueing.enqueue(deliver, address, subject, text, html)


@task()
def deliver(address: str, subject: str, text: str, html: str) -> None:
    """Send one message. Raises MailNotSentError for the queue; its cause, which holds addresses, stays out of logs."""
    message = EmailMultiAlternatives(subject, text, settings.DEFAULT_FROM_EMAIL, [address])
    message.attach_alternative(html, "text/html")
    try:
        message.send()
    except (OSError, SMTPException) as fault:
        logger.error("A mail was not sent: %s", type(fault).__name__)
        raise MailNotSentError(type(fault).__name__) from None


def _plain(templates: Sequence[str], ending: str, context: dict[str, Any]) -> str:
    template = select_template([f"{name}{ending}" for name in templates])
    # A text is not HTML: «Pérez & hijos» must not arrive as «Pérez &amp; hijos».
    text: str = template.template.render(Context(context, autoescape=False))
    return BLANK_LINES.sub("\n\n", text).strip() + "\n"
