"""What a document shows, and on which pages: two people who say it at once lose nothing."""

import pytest

from accounts.conflicts import ChangedMeanwhile
from accounts.refusals import ActionRefused
from certification.applications.attachments import describe_use, detach
from certification.applications.models import EvidenceUse
from tests.certification.applications.cases import base
from tests.certification.applications.workplaces import several
from tests.certification.review.factories import AT, make_case, use_of

pytestmark = pytest.mark.django_db
CODE = "DEI-1.1"
SAID = {"pointer": "p. 4", "shows": "La rampa"}


@pytest.fixture
def case():
    case = several()
    EvidenceUse.objects.all().delete()
    return case


@pytest.fixture
def use(case):
    return use_of(case.application, CODE)


@pytest.fixture
def address(case, use):
    return f"{base(case)}evidencia/{use.pk}/"


def stored():
    return EvidenceUse.objects.values_list("pointer", "shows", "workplace", "version").get()


def test_the_second_of_two_editors_sees_both_texts_and_may_save_theirs(client, case, use, address):
    client.force_login(case.owner)
    client.post(address, SAID | {"version": "0"})
    client.force_login(case.editor)
    place = case.application.workplaces.first()
    mine = {"pointer": "p. 9", "shows": "El baño", "workplace": place.pk}
    response = client.post(address, mine | {"version": "0"})
    assert response.status_code == 409
    for words in ("Alguien guardó cambios", "<td>p. 4</td><td>p. 9</td>", "<td>La rampa</td><td>El baño</td>",
                  f"<td>Todos los centros</td><td>{place}</td>", 'value="p. 9"'):  # fmt: skip
        assert words in response.text
    assert stored() == ("p. 4", "La rampa", None, 1)
    assert response.context["form"]["version"].value() == "1"
    assert client.post(address, mine | {"version": "1"}).status_code == 302
    assert stored() == ("p. 9", "El baño", place.pk, 2)


def test_with_one_workplace_nothing_is_said_of_workplaces(client):
    case = make_case("draft")
    address = f"{base(case)}evidencia/{use_of(case.application, CODE).pk}/"
    client.force_login(case.editor)
    client.post(address, SAID | {"version": "0"})
    response = client.post(address, {"pointer": "p. 9", "version": "0"})
    assert response.status_code == 409
    assert "Todos los centros" not in response.text


def test_the_page_carries_its_version_and_the_same_twice_is_no_conflict(client, case, address):
    client.force_login(case.editor)
    assert 'name="version" value="0"' in client.get(address).text
    assert [client.post(address, SAID | {"version": "0"}).status_code for _time in range(2)] == [302, 302]
    assert stored() == ("p. 4", "La rampa", None, 1)


@pytest.mark.parametrize("version", ["7", "-1", "uno"])
def test_a_version_that_never_was_writes_over_nothing(client, case, address, version):
    client.force_login(case.editor)
    client.post(address, SAID | {"version": "0"})
    assert "p. 9" in client.post(address, {"pointer": "p. 9", "version": version}).text
    assert stored() == ("p. 4", "La rampa", None, 1)


def test_the_action_refuses_what_was_seen_before_and_what_is_gone(case, use):
    said = {"actor": case.editor, "at": AT}
    describe_use(use, version=0, **SAID, **said)
    with pytest.raises(ChangedMeanwhile) as refusal:
        describe_use(use, version=0, pointer="p. 9", shows="", **said)
    assert refusal.value.current.pointer == "p. 4"
    detach(EvidenceUse.objects.get(), **said)
    with pytest.raises(ActionRefused, match="ya no se usa aquí"):
        describe_use(use, version=1, pointer="p. 9", shows="", **said)
