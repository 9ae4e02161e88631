"""Marks of the employer: kept once, within the page, until the copy is made; each later copy covers them all."""

from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.utils import timezone

from accounts.refusals import ActionRefused
from certification.evidence import actions, masking
from certification.evidence.models import Revision
from certification.evidence.regions.actions import mark_region, unmark_region
from certification.evidence.regions.models import Region
from certification.evidence.sealing import masked_copies
from employers.enums import MemberRole
from tests.certification.applications.cases import draft
from tests.certification.applications.racing import just_before
from tests.certification.evidence import files
from tests.certification.evidence.factories import RevisionFactory, upload
from tests.certification.review.factories import stored_use_of
from tests.employers.factories import MembershipFactory

pytestmark = pytest.mark.django_db
PLACE = {"page": 1, "left": 1_000, "top": 2_000, "width": 3_000, "height": 4_000}
TOLD = [1, 1_000, 2_000, 3_000, 4_000]


@pytest.fixture
def member():
    return MembershipFactory()


@pytest.fixture
def photo(member):
    said = {"actor": member.user, "at": timezone.now()}
    return actions.add_document(member.employer, upload("foto.jpg", files.image("JPEG")), **said)


def mark(revision, member, **place):
    return mark_region(revision, **{**PLACE, **place}, actor=member.user, at=timezone.now())


def copy_of(revision, member):
    masking.mask_soon(revision, actor=member.user, at=timezone.now())
    revision.refresh_from_db()
    return revision.masked


def test_marked_once_and_taken_away(photo, member):
    first = mark(photo, member)
    assert mark(photo, member) == first
    assert (photo.regions.as_told(), first.percents()["width"]) == ([TOLD], "30")
    unmark_region(first, actor=member.user, at=timezone.now())
    assert not Region.objects.exists()


def test_copy_covers_what_is_marked_once(photo, member):
    mark(photo, member)
    copy = copy_of(photo, member)
    assert (copy.number, copy.derived_from, copy.covered, copy.is_clean) == (2, photo, [TOLD], True)
    assert copy_of(photo, member) == copy
    assert masking.is_covered(photo)
    assert not masking.is_being_masked(photo, at=timezone.now())


def test_later_copy_takes_the_place_of_the_first_everywhere():
    case = draft()
    member = SimpleNamespace(user=case.editor)
    use = stored_use_of(case.application, "DEI-1.1", name="foto.jpg", content=files.image("JPEG"))
    photo = use.revision
    mark(photo, member)
    first = copy_of(photo, member)
    use.refresh_from_db()
    assert use.revision == first
    mark(photo, member, left=6_000)
    last = copy_of(photo, member)
    assert (last.number, last.derived_from, len(last.covered)) == (3, photo, 2)
    assert masked_copies([photo, first, last]) == {photo.pk: last, first.pk: last}
    use.refresh_from_db()
    assert use.revision == last


def test_back_to_what_was_marked_before_is_a_copy_of_its_own(photo, member):
    mark(photo, member)
    copy_of(photo, member)
    more = mark(photo, member, left=6_000)
    copy_of(photo, member)
    unmark_region(more, actor=member.user, at=timezone.now())
    assert not masking.is_covered(photo)
    assert (copy_of(photo, member).number, copy_of(photo, member).covered) == (4, [TOLD])


def test_mark_within_another_is_covered_by_the_copy_there_is(photo, member):
    mark(photo, member)
    first = copy_of(photo, member)
    mark(photo, member, left=1_500, top=2_500, width=500, height=500)
    same = copy_of(photo, member)
    assert (same, same.covered) == (first, [TOLD, [1, 1_500, 2_500, 500, 500]])
    assert masking.is_covered(photo)
    assert not masking.is_being_masked(photo, at=timezone.now())


def test_marks_taken_away_before_the_copy_is_made_leave_none(photo, member):
    region = mark(photo, member)
    with just_before('UPDATE "certification_revision"', region.delete):
        assert copy_of(photo, member) is None
    assert (Revision.objects.get(), photo.mask_fault) == (photo, "")
    assert not masking.is_being_masked(photo, at=timezone.now())
    mark(photo, member)
    assert copy_of(photo, member).covered == [TOLD]


def test_nothing_is_marked_while_a_copy_is_made(photo, member):
    region = mark(photo, member)
    Revision.objects.filter(pk=photo.pk).update(mask_asked_at=timezone.now())
    with pytest.raises(ActionRefused, match="En unos minutos"):
        mark(photo, member, left=6_000)
    with pytest.raises(ActionRefused, match="En unos minutos"):
        unmark_region(region, actor=member.user, at=timezone.now())
    assert photo.regions.as_told() == [TOLD]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"media_type": "text/csv"}, "Imprímelo a un PDF"),
        ({"pages": 201}, "hasta 200 páginas"),
        ({"state": "rejected", "reason": "Malo.", "remedy": "Otro."}, "no se aceptó"),
        ({"link": "https://example.org/", "seen_on": "2026-01-01"}, "no se aceptó"),
    ],
)
def test_what_cannot_be_marked(said, words, member):
    revision = RevisionFactory(document__employer=member.employer, **said)
    with pytest.raises(ActionRefused, match=words):
        mark(revision, member)


def test_page_that_is_not_there_and_later_version(photo, member):
    with pytest.raises(ActionRefused, match="esa página"):
        mark(photo, member, page=2)
    actions.add_revision(photo.document, upload(), actor=member.user, at=timezone.now())
    with pytest.raises(ActionRefused, match="versión posterior"):
        mark(photo, member)


@pytest.mark.parametrize("place", [{"left": 7_001}, {"top": 6_001}, {"width": 0}, {"height": 0}, {"page": 0}])
def test_database_keeps_marks_within_the_page(place, member):
    revision = RevisionFactory(document__employer=member.employer)
    with pytest.raises(IntegrityError):
        Region.objects.create(
            revision=revision, **{**PLACE, **place}, created_at=timezone.now(), created_by=member.user
        )


@pytest.mark.parametrize("make", [MembershipFactory, lambda: MembershipFactory(role=MemberRole.READER)])
def test_others_may_not(photo, member, make):
    region, other = mark(photo, member), make()
    with pytest.raises(PermissionDenied):
        mark(photo, other)
    with pytest.raises(PermissionDenied):
        unmark_region(region, actor=other.user, at=timezone.now())
