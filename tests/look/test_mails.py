"""What mails say in text and in HTML alike."""

import pytest
from django.utils.safestring import mark_safe

from look.templatetags.mails import marked, paragraphs


def test_a_confirmed_value_is_said_as_it_is():
    assert marked(70, True) == 70


@pytest.mark.parametrize("confirmed", [False, "partial", None])
def test_a_working_value_is_said_to_be_one(confirmed):
    assert marked(70, confirmed) == "70 (valor de trabajo)"


def test_text_becomes_paragraphs_without_empty_ones():
    assert paragraphs("\nUno\n \n\nDos\n– tres\n") == "<p>Uno</p>\n\n<p>Dos<br>– tres</p>"


def test_paragraphs_escape_what_is_not_safe_and_only_that():
    assert paragraphs("<b> & co") == "<p>&lt;b&gt; &amp; co</p>"
    assert paragraphs(mark_safe("Pérez &amp; co")) == "<p>Pérez &amp; co</p>"
