"""The start page of who manages the programme leads only where the person may go."""

import re

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from tests.accounts.factories import UserFactory

pytestmark = pytest.mark.django_db


def areas(client, person):
    client.force_login(person)
    main = client.get(reverse("programme")).content.decode().partition("<main")[2].partition("</main>")[0]
    return set(re.findall(r'href="([^"]+)"', main))


def test_every_area_opens(client):
    found = areas(client, UserFactory(manager=True))
    assert {reverse("staff_list"), reverse("body_list"), reverse("review_list")} <= found
    assert reverse("practice_queue") not in found
    assert {link for link in found if client.get(link).status_code != 200} == set()


def test_manager_who_edits_is_led_to_the_practices(client):
    person = UserFactory(manager=True)
    person.groups.add(Group.objects.get(name="editor"))
    assert reverse("practice_queue") in areas(client, person)
    assert client.get(reverse("practice_queue")).status_code == 200
