"""No way round the seal: not by the photograph that a masked one was made from, nor by a virus."""

import pytest
from django.urls import reverse

from certification.evidence import deriving, masking
from certification.evidence.models import Revision
from certification.evidence.regions.actions import mark_region
from certification.evidence.sealing import masked_copies
from tests.certification.evidence import files
from tests.certification.evidence.regions.test_actions import PLACE
from tests.certification.review.factories import LATER, make_case, stored_use_of

pytestmark = pytest.mark.django_db
ITEM = "DEI-1.1"


@pytest.fixture
def case():
    return make_case()


@pytest.fixture
def use(case):
    """The use of a photograph that says where it was taken, and that was sent so."""
    return stored_use_of(case.application, ITEM, "foto.jpg", files.photograph("JPEG"))


def masked(case, revision, **place):
    mark_region(revision, **{**PLACE, **place}, actor=case.owner, at=LATER)
    return masking.mask(revision, actor=case.owner, at=LATER)


def asked_by_programme(client, case, use, name="evidence_file", **said):
    client.force_login(case.manager)
    ask = client.post if said else client.get
    response = ask(reverse(name, args=[case.application.folio, use.pk]), said)
    if response.streaming:
        list(response.streaming_content)
        response.close()
    return response


def test_photograph_sent_with_its_place_is_sealed_by_the_copy_of_the_one_without(client, case, use):
    sent = use.revision
    placeless = deriving.save_without_place(sent, actor=case.owner, at=LATER)
    first = masked(case, placeless)
    last = masked(case, placeless, left=6_000)
    assert [one.number for one in (sent, placeless, first, last)] == [1, 2, 3, 4]
    assert masked_copies([sent, placeless, first, last]) == dict.fromkeys([sent.pk, placeless.pk, first.pk], last)
    assert asked_by_programme(client, case, use).headers["ETag"] == f'"{last.sha256}"'


def test_chains_are_looked_up_in_one_query(case, use, django_assert_num_queries):
    placeless = deriving.save_without_place(use.revision, actor=case.owner, at=LATER)
    copy = masked(case, placeless)
    with django_assert_num_queries(1):
        assert masked_copies([use.revision, placeless]) == {use.revision.pk: copy, placeless.pk: copy}


def refuse(copy):
    """As scanning again does (evidence.rescanning)."""
    Revision.objects.filter(pk=copy.pk).update(state="rejected", reason="Tiene un virus.", remedy="Sube otro.")


def test_copy_that_is_refused_later_seals_still(client, case, use):
    refuse(masked(case, use.revision))
    assert asked_by_programme(client, case, use).status_code == 404
    assert asked_by_programme(client, case, use, "evidence_view").status_code == 404
    opened = asked_by_programme(client, case, use, "evidence_original", reason="La copia ya no se abre.")
    assert opened.headers["ETag"] == f'"{use.revision.sha256}"'


def test_clean_copy_goes_before_a_later_one_that_was_refused(client, case, use):
    clean = masked(case, use.revision)
    refuse(masked(case, use.revision, left=6_000))
    assert asked_by_programme(client, case, use).headers["ETag"] == f'"{clean.sha256}"'
