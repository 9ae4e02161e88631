"""The home page: three doors, and figures that are counted."""

import re

import pytest
from django.urls import reverse

from certification.certificates.enums import CertificateStatus
from tests.certification.certificates.factories import CertificateFactory
from tests.good_practices.factories import PracticeFactory

pytestmark = pytest.mark.django_db


def test_three_doors_lead_where_they_say(client):
    html = client.get("/").content.decode()
    assert f'<form class="join" action="{reverse("verify")}">' in html
    assert f'<form class="join" role="search" action="{reverse("practice_list")}">' in html
    assert f'<a class="button" href="{reverse("standard_list")}">' in html


def test_more_than_one_standard_is_told_of(client):
    (lead,) = re.findall(r'<p class="lead">(.*?)</p>', client.get("/").content.decode())
    assert "norma laboral o un distintivo" in lead


def test_empty_register_is_told_as_zero(client):
    facts = re.findall(r"<dd>(.*?)</dd>", client.get("/").content.decode())
    assert facts == ["0", "0", "0", "0"]


def test_figures_are_counted_once_for_everybody(client, django_assert_num_queries):
    CertificateFactory(status=CertificateStatus.SUSPENDED)
    PracticeFactory(published=True, certificate=CertificateFactory())
    facts = re.findall(r"<dd>(.*?)</dd>", client.get("/").content.decode())
    assert facts == ["1", "1", "1", "1"]
    with django_assert_num_queries(1):  # the newest practices
        assert re.findall(r"<dd>(.*?)</dd>", client.get("/").content.decode()) == facts


def test_demonstration_says_so_and_that_the_second_factor_is_off(client, settings):
    assert "Demostración." not in client.get("/").content.decode()
    settings.DEMO, settings.REQUIRE_STAFF_MFA = True, False
    html = client.get("/").content.decode()
    assert "Demostración." in html
    assert "El segundo factor del personal está apagado." in html


@pytest.mark.parametrize("page", ["help", "open_data", "privacy", "accessibility"])
def test_words_about_the_site_are_public(client, page):
    html = client.get(reverse(page)).content.decode()
    assert html.count("<h1>") == 1


def test_every_link_of_header_and_footer_answers(client):
    html = client.get("/").content.decode()
    links = {link for link in re.findall(r'href="(/[^"]*)"', html) if not link.startswith("/static/")}
    assert len(links) >= 10
    assert {link: status for link in links if (status := client.get(link, follow=True).status_code) != 200} == {}
