"""The tags and filters that every template uses."""

import datetime as dt

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.urls import reverse
from django.utils.translation import override

from certification.applications.enums import State
from look import days


def render(source, **context):
    return Template("{% load look %}" + source).render(Context(context))


def test_confirmed_value_is_shown_as_it_is():
    assert render("{{ v|working:True }}", v=70) == "70"


@pytest.mark.parametrize("confirmed", [False, "partial", None])
def test_working_value_says_so_to_everybody(confirmed):
    html = render("{{ v|working:c }}", v=70, c=confirmed)
    assert '<span class="working">70</span>' in html
    assert '<span class="visually-hidden"> (valor de trabajo)</span>' in html


def test_working_value_is_escaped():
    assert "<b>" not in render("{{ v|working:False }}", v="<b>")


def test_day_in_spanish_and_english():
    assert render("{{ v|day }}", v=dt.date(2026, 11, 3)) == "3 nov 2026"
    with override("en"):
        assert render("{{ v|day }}", v=dt.date(2026, 11, 3)) == "3 Nov 2026"


def test_day_of_nothing_is_nothing():
    assert render("{{ v|day }}{{ v|moment }}{{ v|since }}{{ v|days_left }}{{ v|iso_day }}", v=None) == ""


def test_moment_is_in_the_time_of_the_site():
    at = dt.datetime(2026, 11, 4, 1, 14, tzinfo=dt.UTC)
    assert render("{{ v|moment }} {{ v|iso_day }}", v=at) == "3 nov 2026, 19:14 2026-11-03"


@pytest.mark.parametrize(
    ("days_from_now", "words"),
    [(6, "quedan 6 días"), (1, "es mañana"), (0, "es hoy"), (-1, "pasó hace 1 día"), (-3, "pasó hace 3 días")],
)
def test_days_left(days_from_now, words):
    today = dt.date(2026, 11, 20)
    assert days.days_left(today + dt.timedelta(days=days_from_now), today) == words


@pytest.mark.parametrize(("ago", "words"), [(17, "hace 17 días"), (1, "hace 1 día"), (0, "hoy"), (-2, "quedan 2 días")])
def test_since(ago, words):
    today = dt.date(2026, 11, 20)
    assert days.since(today - dt.timedelta(days=ago), today) == words


def test_state_is_a_shape_and_a_word():
    assert render("{{ v|state }}", v=State.OBSERVED) == '<span class="state state-attention">Con observaciones</span>'
    assert render('{% state "met" "Cumple" %}') == '<span class="state state-met">Cumple</span>'


def test_every_state_of_an_application_has_a_shape_of_its_own_meaning():
    assert "state-todo" not in "".join(render("{{ v|state }}", v=state) for state in State)


def test_icon_is_hidden_from_screen_readers_and_brings_no_style():
    svg = render('{% icon "key-round" %}')
    assert svg.startswith("<svg")
    assert 'aria-hidden="true"' in svg
    assert "style" not in svg


@pytest.mark.parametrize(("path", "mark"), [("/ayuda/", 'aria-current="page"'), ("/ayuda/mas/", 'aria-current="true"')])
def test_navigation_marks_where_the_reader_is(path, mark):
    html = render('{% nav_item "help" "Ayuda" %}', request=RequestFactory().get(path))
    assert mark in html
    assert f'href="{reverse("help")}"' in html


def test_navigation_elsewhere_has_no_mark():
    assert "aria-current" not in render('{% nav_item "help" "Ayuda" %}', request=RequestFactory().get("/"))
