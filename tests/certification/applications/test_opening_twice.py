"""«Abrir la solicitud» pressed twice opens one; two that are wanted are two."""

import pytest
from django.urls import reverse

from certification.applications.models import Application
from tests.certification.applications.cases import draft
from tests.certification.applications.racing import Person, just_before

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    case = draft()
    case.place = case.application.employer.workplaces.create(name="La planta", state="14", municipality="14039")
    return case


def address(case):
    said = {"norma": case.application.standard.slug, "empresa": case.application.employer_id}
    return reverse("application_create", query=said)


def filled(client, case):
    """What a page that was just opened sends."""
    client.force_login(case.editor)
    form = client.get(address(case)).context["form"]
    return {"page": form["page"].value(), "workplaces": [case.place.pk]}


def test_pressed_twice_there_is_one(client, case):
    sent = filled(client, case)
    first, second = (client.post(address(case), sent) for _time in range(2))
    opened = Application.objects.exclude(pk=case.application.pk).get()
    assert first.url == second.url == reverse("application_detail", args=[opened.folio])


def test_two_pages_open_two(client, case):
    for _time in range(2):
        client.post(address(case), filled(client, case))
    assert Application.objects.count() == 3


def test_the_same_page_with_another_choice_opens_another(client, case):
    employer = case.application.employer
    other = employer.workplaces.create(name="Otra", state="14", municipality="14039")
    sent = filled(client, case)
    client.post(address(case), sent)
    client.post(address(case), sent | {"workplaces": [other.pk]})
    assert Application.objects.count() == 3


def test_somebody_elses_page_opens_their_own(client, case):
    sent = filled(client, case)
    client.post(address(case), sent)
    client.force_login(case.owner)
    client.post(address(case), sent)
    assert set(Application.objects.exclude(pk=case.application.pk).values_list("created_by", flat=True)) == {
        case.editor.pk,
        case.owner.pk,
    }


@pytest.mark.django_db(transaction=True)
def test_pressed_twice_at_the_same_moment(client, case):
    sent = filled(client, case)
    first, second = (Person(case.editor, address(case), sent) for _time in range(2))
    with just_before('INSERT INTO "certification_application"', second.begin):
        first.press()
    assert "Abriste la solicitud" in second.read()
    assert Application.objects.count() == 2
