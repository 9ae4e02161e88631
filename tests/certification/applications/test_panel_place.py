"""The panel stands beside the work, and after it for whoever goes through the page by keyboard or by ear."""

import pytest

from tests.certification.applications.cases import NMX, base, complete_draft

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("address", "work"),
    [
        ("", 'class="task-list"'),
        ("criterios/R02/", 'name="claim_R02d"'),
        ("participacion/", 'name="P1-issued_on"'),
        ("medidas/", 'name="M4-is_claimed"'),
    ],
)
def test_the_work_comes_before_the_panel(client, address, work):
    case = complete_draft(NMX)
    client.force_login(case.owner)
    page = client.get(base(case) + address).content.decode()
    assert page.count('id="avance"') == 1
    assert 0 < page.rindex(work) < page.index('id="avance"')
