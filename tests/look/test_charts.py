"""Charts: sizes in per cent, and what a screen reader is told."""

from decimal import Decimal

import pytest
from django.template import Context, Template

from look import charts


@pytest.mark.parametrize(
    ("part", "whole", "size"),
    [(72, 100, "72%"), (0, 100, "0%"), (120, 100, "100%"), (1, 3, "33.3%"), (Decimal(6), "12", "50%"), (0, 0, "0%")],
)
def test_percent(part, whole, size):
    assert charts.percent(part, whole) == size


def test_score_bar_says_points_total_and_threshold():
    html = Template("{% load look %}{% score_bar 72 100 70 %}").render(Context())
    assert '<title id="score-title">72 puntos, de 100; el mínimo es 70</title>' in html
    assert '<rect class="solid" y="34" width="72%" height="16"/>' in html
    assert 'x1="70%"' in html
    assert "style" not in html


def test_score_bar_without_threshold_draws_none():
    assert "threshold" not in Template("{% load look %}{% score_bar 3 5 %}").render(Context())


def test_profile_bars_share_one_scale():
    rows = charts.profile_rows(
        [
            {"code": "R01", "title": "Política", "points": 6, "maximum": 6},
            {"code": "R12", "title": "Corresponsabilidad", "points": 0, "maximum": 12, "confirmed": False},
        ]
    )
    assert [(row.track, row.filled, row.confirmed) for row in rows] == [("50%", "50%", True), ("100%", "", False)]


def test_profile_is_a_table_whose_bars_are_hidden():
    rows = [{"code": "R01", "title": "Política", "points": 4, "maximum": 6, "short": True}]
    html = Template("{% load look %}{% profile rows %}").render(Context({"rows": rows}))
    assert '<th scope="row">Política</th>' in html
    assert "4 de 6" in html
    assert '<svg class="chart" aria-hidden="true"' in html
    assert 'class="short"' in html
