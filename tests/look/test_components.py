"""Fragments that rooms fill with words."""

import datetime as dt

from django.template.loader import render_to_string
from django.utils import timezone


def test_status_banner_answers_four_questions():
    today = timezone.localdate()
    context = {
        "state": "submitted", "word": "Enviada", "holder": "Gestión del programa", "since": today,
        "until": today + dt.timedelta(days=15), "next": "Se asigna a quien revisa",
    }  # fmt: skip
    html = render_to_string("components/status_banner.html", context)
    for words in ("Quién la tiene", "Desde cuándo", "Hasta cuándo", "Qué sigue", "quedan 15 días", "hoy"):
        assert words in html
    assert '<span class="state state-review">Enviada</span>' in html


def test_status_banner_without_a_limit_says_so():
    html = render_to_string("components/status_banner.html", {"state": "draft", "word": "En preparación", "next": "x"})
    assert "Sin fecha límite" in html


def test_timeline_tells_past_from_future():
    entries = [
        {"at": dt.datetime(2026, 11, 3, 15, 14, tzinfo=dt.UTC), "title": "Se abrió"},
        {"when": "Al enviar", "title": "Revisión", "kind": "later"},
    ]
    html = render_to_string("components/timeline.html", {"entries": entries})
    assert "3 nov 2026, 09:14</time>" in html
    assert '<li class="later"><span class="when">Al enviar</span>' in html


def test_confirm_asks_for_a_reason_without_a_dialog():
    context = {"action": "/x/", "summary": "Retirar", "question": "¿Retirar?", "reason": True, "id": "retirar"}
    html = render_to_string("components/confirm.html", context)
    assert '<details class="confirm">' in html
    assert "required" in html
    assert 'for="retirar-reason"' in html


def test_text_of_people_is_escaped_everywhere():
    html = render_to_string("components/empty.html", {"title": "<script>", "text": "<b>"})
    assert "<script>" not in html
    assert "<b>" not in html


def test_empty_state_under_the_title_is_a_second_heading():
    assert "<h2>Nada</h2>" in render_to_string("components/empty.html", {"title": "Nada", "heading": 2})
    assert "<h3>Nada</h3>" in render_to_string("components/empty.html", {"title": "Nada"})
