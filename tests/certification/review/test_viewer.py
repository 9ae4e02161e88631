"""Reviewers read the documents that were sent inside a page, at the pages that the employer points at."""

import pytest
from django.urls import reverse

from audit.models import Event
from certification.applications.enums import State
from certification.applications.models import EvidenceUse
from tests.certification.evidence import files
from tests.certification.review.factories import make_case, stored_use_of, use_of

pytestmark = pytest.mark.django_db
ITEM = "DEI-1.1"


@pytest.fixture
def case():
    return make_case(State.IN_REVIEW)


@pytest.fixture
def use(case):
    use = stored_use_of(case.application, ITEM, content=files.pdf(30))
    EvidenceUse.objects.filter(pk=use.pk).update(pointer="págs. 23-24, 27", shows="La política firmada")
    return use


@pytest.fixture
def url(case, use):
    return reverse("evidence_view", args=[case.application.folio, use.pk])


def test_opens_at_the_part_that_is_pointed_at_with_a_link_for_each_page(client, case, url):
    client.force_login(case.reviewer)
    response = client.get(url)
    html = response.content.decode()
    assert [page.number for page in response.context["view"].pages] == list(range(21, 31))
    assert [f'href="?pag={page}#p{page}"' in html for page in (23, 24, 27)] == [True] * 3
    assert "La política firmada" in html


def test_an_opening_is_one_event_whatever_pages_are_turned(client, case, url):
    client.force_login(case.reviewer)
    client.get(url)
    client.get(url, {"pag": "1"})
    client.get(url, {"q": "firma"})
    seen = Event.objects.about(case.application).filter(action="evidence_seen")
    assert [(one.actor, one.data["how"]) for one in seen] == [(case.reviewer, "view")]


def test_employers_and_strangers_do_not_open_it(client, case, url):
    assert client.get(url).url == f"{reverse('account_login')}?next={url}"
    for who in ("owner", "editor", "foreigner"):
        client.force_login(getattr(case, who))
        assert client.get(url).status_code == 404
    assert not Event.objects.filter(action="evidence_seen").exists()
    client.force_login(case.reviewer)
    assert client.post(url).status_code == 405


def test_use_of_another_application_is_not_found(client, case, url):
    other = make_case(State.IN_REVIEW)
    client.force_login(case.manager)
    use = use_of(other.application, ITEM)
    assert client.get(reverse("evidence_view", args=[case.application.folio, use.pk])).status_code == 404


def test_item_page_leads_to_each_page_and_to_the_whole(client, case, use, url):
    client.force_login(case.reviewer)
    response = client.get(reverse("review_item", args=[case.application.folio, ITEM]))
    html = response.content.decode()
    assert response.context["sheets"].page == 23
    assert [f'href="?doc=A&amp;pag={page}"' in html for page in (23, 24, 27)] == [True] * 3
    assert f'href="{url}?pag=23#p23"' in html
    assert 'class="sheet" width="661" height="441"' in html
    assert 'data-key="ArrowRight"' in html


@pytest.mark.parametrize("count", [1, 4])
def test_queries_do_not_grow_with_the_documents_of_the_item(client, case, url, count, django_assert_max_num_queries):
    for _ in range(count - 1):
        use_of(case.application, ITEM)
    client.force_login(case.reviewer)
    client.get(url)
    with django_assert_max_num_queries(16):
        client.get(url)
