"""The example of nginx lets large files up where the portal takes them, and nowhere else."""

import re

import pytest
from django.conf import settings
from django.urls import reverse

from certification.applications.spreadsheet.opening import MOST_BYTES


@pytest.fixture(scope="module")
def large(base_dir):
    text = (base_dir / "deploy/nginx.conf").read_text()
    assert text.count("client_max_body_size") == 4
    return re.search(r"location ~ (\S+) \{\s*client_max_body_size 2010m;", text)[1]


FOLIO = "S-2026-0001-K"


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("participation_edit", [FOLIO]),
        ("measures_edit", [FOLIO]),
        ("criterion_edit", [FOLIO, "DEI-1"]),
        ("document_upload", [7]),
        ("revision_add", [7]),
    ],
)
def test_large_files_go_up_where_they_are_taken(large, name, args):
    assert re.search(large, reverse(name, args=args))


@pytest.mark.parametrize(
    ("name", "args"),
    [("verify", []), ("account_login", []), ("workspace", []), ("application_submit", [FOLIO]), ("document_list", [7])],
)
def test_nothing_large_elsewhere(large, name, args):
    assert not re.search(large, reverse(name, args=args))


def test_a_file_by_itself_has_its_own_limit(large, base_dir):
    text = (base_dir / "deploy/nginx.conf").read_text()
    place, most = re.search(r"location ~ (\S+documentos/subidas\S+) \{\s*client_max_body_size (\d+)m;", text).groups()
    assert re.search(place, reverse("upload_content", args=[7]))
    assert int(most) > settings.MAX_UPLOAD_MB
    assert not re.search(place, reverse("upload_drop", args=[7]))


def test_a_spreadsheet_that_the_portal_takes_comes_through(base_dir):
    text = (base_dir / "deploy/nginx.conf").read_text()
    place, most = re.search(r"location ~ (\S+hoja\S+) \{\s*client_max_body_size (\d+)m;", text).groups()
    assert re.search(place, reverse("sheet", args=[FOLIO]))
    assert int(most) * 2**20 > MOST_BYTES


def test_stored_files_are_sent_by_the_portals_word_alone(base_dir):
    text = (base_dir / "deploy/nginx.conf").read_text()
    place = re.search(r"location /files/ \{(.*?)\}", text, re.DOTALL)[1]
    assert "internal;" in place
    assert "nosniff always;" in place
    assert "default-src 'none'; sandbox" in place
