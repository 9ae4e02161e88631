"""The page of sending tells the truth where there is nothing to send."""

import pytest

from certification.applications.enums import State
from tests.certification.applications.cases import base
from tests.certification.review.factories import make_case

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        (State.SUBMITTED, "Quién la tiene ahora: Gestión del programa."),
        (State.IN_REVIEW, "Quién la tiene ahora: Quien revisa."),
        (State.DECIDED, "Ya se envió."),
        (State.AWARDED, "Esta solicitud ya terminó y su resultado está publicado."),
        (State.DECLINED, "Esta solicitud ya terminó y su resultado está publicado."),
        (State.WITHDRAWN, "La retiraron, y lo retirado no se envía."),
        (State.LAPSED, "Para enviarla, primero reanúdala"),
    ],
)
def test_what_was_sent_or_ended_is_not_said_to_wait_for_sending(client, state, sentence):
    case = make_case(state)
    client.force_login(case.owner)
    page = " ".join(client.get(f"{base(case)}enviar/").content.decode().split())
    assert sentence in page
    assert "para poder enviarla" not in page
    assert "No falta nada" not in page
    assert "<form method" not in page.split("<main")[1].split("</main>")[0]


def test_with_the_employer_it_says_what_is_missing(client):
    case = make_case(State.DRAFT)
    client.force_login(case.owner)
    page = client.get(f"{base(case)}enviar/").content.decode()
    assert "Qué falta" in page
    assert "Ahora no hay nada que enviar" not in page
