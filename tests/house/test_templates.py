"""The CSP lets no inline style or script run: none is written."""

import re

import pytest

from tests.house.tree import files, read

# A script of type application/json is data: it never runs.
INLINE = re.compile(
    r"""<style\b
    | <script\b(?![^>]*(?:\bsrc=|\btype="application/json"))
    | \sstyle\s*= | \son[a-z]+\s*=\s*["'] | javascript: | \shx-on""",
    re.IGNORECASE | re.VERBOSE,
)
OUTSIDE = re.compile(r"""(?:src|href|action)=["'](?:https?:)?//""", re.IGNORECASE)
# Mail programs read no style sheets.
PAGES = [path for path in files(".html", "templates") if "/emails/" not in path and "/email/" not in path]


def without_comments(text):
    return re.sub(r"{#.*?#}|{% comment %}.*?{% endcomment %}|<!--.*?-->", "", text, flags=re.DOTALL)


def test_no_inline_style_or_script():
    found = [
        f"{path}: {hit.group().strip()}" for path in PAGES for hit in INLINE.finditer(without_comments(read(path)))
    ]
    assert found == []


def test_nothing_is_loaded_from_outside():
    loads = re.compile(r"<(?:script|link|img|iframe|source|form|object)\b[^>]*>", re.IGNORECASE)
    found = [path for path in PAGES for tag in loads.findall(read(path)) if OUTSIDE.search(tag)]
    assert found == []


@pytest.mark.parametrize(
    "text",
    ['<p style="color: red">', "<style>", "<script>alert()</script>", "<a onclick='x()'>", '<a href="javascript:x">'],
)
def test_inline_is_found(text):
    assert INLINE.search(text)


def test_sources_are_not_inline():
    assert not INLINE.search('<script src="/static/js/a.js" defer></script><link rel="stylesheet" href="a.css">')


def test_every_post_form_has_a_token():
    """All but the public check of a PDF: it changes nothing, and a token would set a cookie on whoever looks."""
    form = re.compile(r"<form\b[^>]*method=[\"']post[\"'].*?</form>", re.IGNORECASE | re.DOTALL)
    found = [path for path in PAGES for hit in form.findall(read(path)) if "csrf_token" not in hit]
    assert found == ["templates/certification/certificates/_ask.html"]
