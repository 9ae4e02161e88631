"""A post that is refused whole gives back what was typed: nobody writes a page twice."""

import pytest
from django.urls import reverse

from certification.applications import discarding
from certification.applications.enums import State
from certification.applications.models import Answer
from tests.certification.review.factories import AT, make_case

pytestmark = pytest.mark.django_db
TEXT = "Lo escribí <antes> de que cambiara mi permiso."
SHOWN = "Lo escribí &lt;antes&gt; de que cambiara mi permiso.</textarea>"


@pytest.fixture
def case():
    return make_case(State.DRAFT, answered=False)


def send(client, case, person):
    client.force_login(person)
    url = reverse("criterion_edit", args=[case.application.folio, "DEI-1.1"])
    answer = client.post(url, {"note": TEXT, "then": "next", "password": "una clave"})
    return answer.status_code, answer.content.decode()


def test_who_became_a_reader_gets_the_text_back(client, case):
    case.application.employer.memberships.filter(user=case.editor).update(role="reader")
    status, page = send(client, case, case.editor)
    assert status == 403
    assert "Lo que escribiste no se guardó" in page
    assert SHOWN in page
    assert "una clave" not in page
    assert not Answer.objects.exists()


def test_who_left_or_whose_draft_was_deleted_gets_the_text_back(client, case):
    discarding.discard(case.fresh(), actor=case.owner, at=AT)
    status, page = send(client, case, case.editor)
    assert status == 404
    assert "quizá alguien lo borró mientras escribías" in page
    assert SHOWN in page
    assert "Tu trabajo está guardado" not in page


def test_what_was_sent_in_another_tab_shows_the_text(client, case):
    case.application.__class__.objects.update(state=State.SUBMITTED, submitted_at=AT)
    _status, page = send(client, case, case.editor)
    assert "Lo que escribiste no se guardó" in page
    assert "Lo escribí &lt;antes&gt; de que cambiara mi permiso." in page


def test_nothing_is_given_back_where_nothing_was_typed(client, case):
    client.force_login(case.foreigner)
    page = client.get(reverse("criterion_edit", args=[case.application.folio, "DEI-1.1"])).content.decode()
    assert "Lo que escribiste" not in page
    assert "Tu trabajo está guardado" in page
