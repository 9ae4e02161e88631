"""Small steps that the journeys share: press, follow, look, read the mail, change people."""

import os
import re
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.core import mail

from tests.accounts.factories import PASSWORD
from tests.certification.evidence import files
from tests.fixtures.browser import PHONE, check_axe

WIDE_AND_PHONE = [{}, {"viewport": PHONE, "is_mobile": True, "has_touch": True}]
WIDTHS = {"argvalues": WIDE_AND_PHONE, "ids": ["wide", "phone"]}
PICTURES = os.environ.get("PICTURES", "")  # a folder: every page that is looked at leaves its picture there


def go(locator):
    """Click what leads to another page, and be there: a page judged while it is being left answers for neither."""
    with locator.page.expect_navigation():
        locator.click()


def press(page, name):
    go(page.get_by_role("button", name=name, exact=True).first)


def follow(page, name):
    go(page.get_by_role("link", name=name).first)


def open_page(page, address):
    """Go there and look; the answer must be a page, not an error."""
    assert page.goto(address).status == 200
    look(page)


def look(page, heading=None):
    """Wait for the page with that heading and judge it."""
    if heading:
        page.get_by_role("heading", level=1, name=heading).wait_for()
    check_axe(page)
    if PICTURES:
        width = page.viewport_size["width"]
        name = re.sub(r"\W+", "-", urlsplit(page.url).path).strip("-") or "home"
        page.screenshot(path=Path(PICTURES) / f"{width}-{name[:80]}.png", full_page=True)


def says(page, text):
    page.get_by_text(text).first.wait_for()


def until(holds, page=None, seconds=15):
    """Wait until it is so; the page goes on meanwhile."""
    for _ in range(seconds * 10):
        if holds():
            return
        if page:
            page.wait_for_timeout(100)
        else:
            time.sleep(0.1)
    pytest.fail("it never came to be so")


def log_in_by_form(page, email):
    page.fill("#id_login", email)
    page.fill("#id_password", PASSWORD)
    go(page.locator("main form .button >> nth=0"))


def declare(page):
    """Say who signs, accept the declaration and sign it; what is left is to press the button."""
    page.get_by_label("Nombre completo de quien firma").fill("Olga Dueñas Ríos")
    page.get_by_label("Cargo en la empresa").fill("Dirección General")
    page.get_by_label("Declaro, bajo protesta").check()
    page.get_by_label("Tu contraseña").fill(PASSWORD)


def mail_link(address, part):
    """The path of the newest link with ``part`` in the mail to ``address``."""
    bodies = [message.body for message in mail.outbox if address in message.to]
    links = re.findall(r"https?://\S+", "\n".join(reversed(bodies)))
    return next(urlsplit(link).path for link in links if part in link)


def sign_up(page, address):
    """Fill the form, open the link of the mail and confirm; leaves the person logged in or at the door."""
    page.fill("#id_email", address)
    page.fill("#id_password1", PASSWORD)
    page.fill("#id_password2", PASSWORD)
    press(page, "Crear cuenta")
    look(page, "Revisa tu correo")
    page.goto(mail_link(address, "/cuenta/confirm-email/"))
    look(page, "Confirma tu correo")
    press(page, "Sí, es mi correo")


def attach(page, name="Política firmada.pdf", pages=2):
    """Attach a PDF to the first item of the page, by script or by the form of the page."""
    upload = {"name": name, "mimeType": "application/pdf", "buffer": files.pdf(pages)}
    page.locator("[name$=-uploads]").first.set_input_files([upload])
    page.get_by_role("button", name="Adjuntar", exact=True).first.click()
    page.locator("[id^='evidencia-de-']").get_by_text(name).first.wait_for()


def claim(page, code, word):
    """Choose «Sí», «En parte» or «Todavía no» for a sub-item, or for a criterion without them."""
    page.locator(f"[id='id_claim_{code}_group']").get_by_label(word, exact=True).check()
