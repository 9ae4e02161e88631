"""Home, errors and account pages in a real browser, judged by axe-core, at two widths and in the dark."""

import pytest
from django.urls import reverse

from tests.accounts.factories import PASSWORD, BodyMembershipFactory, UserFactory
from tests.browser.steps import go
from tests.fixtures.browser import PHONE, check_axe

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OPEN = [
    "home",
    "help",
    "open_data",
    "privacy",
    "accessibility",
    "account_login",
    "account_signup",
    "account_reset_password",
]
OWN = ["account", "account_email", "account_change_password", "account_logout", "mfa_index", "usersessions_list"]
STAFF = ["programme", "staff_list", "body_list"]


def walk(page, names):
    for name in names:
        page.goto(reverse(name))
        assert page.locator("h1").count() == 1
        check_axe(page)


@pytest.mark.parametrize("options", [{}, {"viewport": PHONE}, {"color_scheme": "dark"}], ids=["wide", "phone", "dark"])
def test_open_pages(new_page, options):
    walk(new_page(**options), OPEN)


@pytest.mark.parametrize("options", [{}, {"viewport": PHONE}], ids=["wide", "phone"])
def test_own_pages(new_page, log_in, options):
    page = new_page(**options)
    log_in(page, UserFactory())
    walk(page, OWN)


NARROW = {"width": 360, "height": 740}


@pytest.mark.parametrize("is_known", [False, True], ids=["stranger", "employer"])
def test_header_takes_two_rows_on_a_narrow_phone(new_page, log_in, is_known):
    page = new_page(viewport=NARROW)
    if is_known:
        log_in(page, UserFactory())
    page.goto("/")
    rows = {round(link.bounding_box()["y"]) // 40 for link in page.locator(".site-header a").all()}
    assert len(rows) == 2
    assert page.locator(".site-header").bounding_box()["height"] < 110


def test_staff_pages(phone_page, log_in):
    BodyMembershipFactory()
    log_in(phone_page, UserFactory(manager=True))
    walk(phone_page, STAFF)


def test_refused_form_takes_the_focus_and_leads_to_the_field(browser_page):
    browser_page.goto(reverse("account_signup"))
    browser_page.fill("#id_email", "sin arroba")
    go(browser_page.locator("main .button"))
    browser_page.locator(".error-summary:focus").wait_for()
    check_axe(browser_page)
    browser_page.click(".error-summary a >> nth=0")
    assert browser_page.evaluate("document.activeElement.id") == "id_email"


def test_skip_link_is_first_and_jumps_to_the_page(browser_page):
    browser_page.goto("/")
    browser_page.keyboard.press("Tab")
    assert browser_page.evaluate("document.activeElement.textContent") == "Ir al contenido"
    browser_page.keyboard.press("Enter")
    assert browser_page.evaluate("document.activeElement.id") == "contenido"


def test_login_and_language_work_without_script(new_page):
    page = new_page(java_script_enabled=False)
    person = UserFactory()
    page.goto(reverse("account_login"))
    page.fill("#id_login", person.email)
    page.fill("#id_password", PASSWORD)
    go(page.locator("main form .button >> nth=0"))
    page.goto(reverse("account"))
    assert person.email in page.content()
    go(page.locator(".language button"))
    assert page.locator("html").get_attribute("lang") == "en"


def test_passkey_is_added_and_opens_the_account(browser_page):
    person = UserFactory()
    protocol = browser_page.context.new_cdp_session(browser_page)
    protocol.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    protocol.send("WebAuthn.addVirtualAuthenticator", {"options": {**options, "isUserVerified": True}})
    browser_page.goto(reverse("account_login"))
    browser_page.fill("#id_login", person.email)
    browser_page.fill("#id_password", PASSWORD)
    go(browser_page.locator("main form .button >> nth=0"))
    browser_page.goto(reverse("mfa_add_webauthn"))
    browser_page.fill("#id_password", PASSWORD)
    go(browser_page.locator("main form .button"))
    check_axe(browser_page)
    browser_page.check("#id_passwordless")
    go(browser_page.locator("#mfa_webauthn_add"))
    browser_page.wait_for_url("**/recovery-codes/**")
    check_axe(browser_page)
    assert browser_page.locator(".codes li").count() == 10


def test_totp_page_shows_its_picture(browser_page):
    person = UserFactory()
    browser_page.goto(reverse("account_login"))
    browser_page.fill("#id_login", person.email)
    browser_page.fill("#id_password", PASSWORD)
    go(browser_page.locator("main form .button >> nth=0"))
    browser_page.goto(reverse("mfa_activate_totp"))
    browser_page.fill("#id_password", PASSWORD)
    go(browser_page.locator("main form .button"))
    assert browser_page.locator(".qr svg").bounding_box()["width"] > 150
    check_axe(browser_page)
