"""Marking by hand what a copy covers: by mouse, by finger, and without JavaScript."""

import pytest
from django.urls import reverse
from django.utils import timezone

from certification.evidence import actions
from certification.evidence.models import Revision
from certification.evidence.regions.models import Region
from tests.browser.steps import WIDTHS, look, press, says, until
from tests.certification.evidence import files
from tests.certification.evidence.factories import upload
from tests.employers.factories import MembershipFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def member():
    return MembershipFactory()


@pytest.fixture
def url(member):
    content = files.image("JPEG", size=(1_200, 900))
    said = {"actor": member.user, "at": timezone.now()}
    document = actions.add_document(member.employer, upload("credencial.jpg", content), **said).document
    return reverse("document_regions", args=[document.pk, 1])


def draw(page, start, end):
    box = page.locator(".marked").bounding_box()
    page.mouse.move(box["x"] + box["width"] * start[0], box["y"] + box["height"] * start[1])
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * end[0], box["y"] + box["height"] * end[1], steps=4)
    page.mouse.up()


@pytest.mark.parametrize("options", **WIDTHS)
def test_drawn_removed_and_covered(new_page, log_in, member, url, options):
    page = new_page(**options)
    log_in(page, member.user)
    page.goto(url)
    says(page, "Arrastra sobre la página para marcar.")
    draw(page, (0.6, 0.7), (0.2, 0.3))
    page.locator("#dibujo rect").wait_for(state="attached")
    draw(page, (0.7, 0.1), (0.9, 0.2))
    page.get_by_role("heading", name="2 marcas").wait_for()
    first, _second = Region.objects.order_by("left")
    assert (first.left, first.top, first.width, first.height) == pytest.approx((2_000, 3_000, 4_000, 4_000), abs=40)
    look(page, "Tapar a mano")
    page.get_by_role("button", name="Quitar la marca 1").click()  # the higher one comes first
    page.get_by_role("heading", name="1 marca").wait_for()
    assert page.evaluate("document.activeElement.id") == "marcas-titulo"
    assert Region.objects.get() == first
    press(page, "Hacer la copia con esto tapado")
    says(page, "Los datos personales están tapados")
    look(page)
    assert Revision.objects.first().covered == [[1, first.left, first.top, first.width, first.height]]


def test_finger_scrolls_until_it_is_told_to_mark(new_page, log_in, member, url):
    page = new_page(**WIDTHS["argvalues"][1])
    log_in(page, member.user)
    page.goto(url)
    finger = page.get_by_role("button", name="Marcar con el dedo")
    assert page.evaluate("getComputedStyle(document.querySelector('.marked')).touchAction") == "auto"
    finger.click()
    assert finger.get_attribute("aria-pressed") == "true"
    assert page.evaluate("getComputedStyle(document.querySelector('.marked')).touchAction") == "none"
    swipe(page, (0.1, 0.1), (0.5, 0.5))
    until(Region.objects.exists, page)
    assert Region.objects.get().width == pytest.approx(4_000, abs=60)


def swipe(page, start, end):
    page.locator(".marked").scroll_into_view_if_needed()
    box, touch = page.locator(".marked").bounding_box(), page.context.new_cdp_session(page)

    def at(place):
        return [{"x": box["x"] + box["width"] * place[0], "y": box["y"] + box["height"] * place[1]}]

    for kind, points in (("touchStart", at(start)), ("touchMove", at(end)), ("touchEnd", [])):
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})


def test_without_javascript(new_page, log_in, member, url):
    page = new_page(java_script_enabled=False)
    log_in(page, member.user)
    page.goto(url)
    assert not page.get_by_text("Arrastra sobre la página").is_visible()
    for name, value in (("left", "10"), ("top", "20"), ("width", "30"), ("height", "40")):
        page.locator(f"[name={name}]").fill(value)
    press(page, "Añadir la marca")
    assert page.locator("#dibujo rect").count() == 1
    press(page, "Quitar la marca 1")
    says(page, "Todavía no marcas nada.")
