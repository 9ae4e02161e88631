"""The gates are shown in their order: a later one that would open waits for the earlier."""

import pytest
from django.utils import timezone

from certification.applications import dossier, hub
from tests.certification.applications.cases import NMX, complete_draft, draft

pytestmark = pytest.mark.django_db


def shown(case):
    loaded = dossier.load(case.application, timezone.localdate())
    return [(gate.state, gate.word) for gate in hub.gate_views(loaded.score)]


def test_a_later_gate_waits_for_the_earlier_ones():
    case = complete_draft(NMX)
    case.application.requirement_records.filter(requirement="P1").delete()
    words = [word for _state, word in shown(case)]
    assert words == ["Por completar", "Espera a la anterior", "Espera a la anterior"]


def test_nothing_is_open_where_nothing_was_said():
    assert "met" not in [state for state, _word in shown(draft(NMX))]
