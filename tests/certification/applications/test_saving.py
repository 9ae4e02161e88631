"""Saving under the hood: versions, the first save of two, and what is open in each state."""

import datetime as dt
import threading

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone

from certification.applications.enums import State
from certification.applications.models import Answer, Observation
from certification.applications.saving import EditConflictError, can_edit_item, save_answer
from tests.certification.applications.cases import draft
from tests.certification.review.factories import make_case

AT = dt.datetime(2026, 3, 17, 12, tzinfo=dt.UTC)


def save(case, note, seen, actor=None):
    said = {"claims": {"DEI-1.1": "met"}, "note": note, "seen_version": seen}
    return save_answer(case.application, "DEI-1.1", **said, actor=actor or case.editor, at=AT)


@pytest.mark.django_db
def test_versions_count_and_an_old_one_is_told_what_is_kept():
    case = draft()
    assert [save(case, "uno", 0), save(case, "dos", 1)] == [1, 2]
    with pytest.raises(EditConflictError) as caught:
        save(case, "tres", 1)
    assert (caught.value.stored.note, caught.value.stored.version) == ("dos", 2)


@pytest.mark.django_db
def test_reader_and_stranger_are_refused():
    case = draft()
    for person in (case.reader, case.foreigner, case.manager):
        with pytest.raises(PermissionDenied):
            save(case, "no", 0, actor=person)
    assert not Answer.objects.exists()


@pytest.mark.django_db
def test_with_observations_only_what_was_observed_is_open():
    case = make_case(State.OBSERVED)
    Observation.objects.create(
        application=case.application, round=1, item="DEI-1.1", pointer="p. 1", rule="Política", reason="Falta firma",
        created_at=AT, created_by=case.reviewer,
    )  # fmt: skip
    assert can_edit_item(case.editor, case.application, "DEI-1.1")
    assert not can_edit_item(case.editor, case.application, "DEI-1.2")
    save(case, "Ya está firmada", 1)
    assert Observation.objects.get().answered_at == AT


@pytest.mark.django_db(transaction=True)
def test_of_many_first_saves_at_once_one_stays_and_the_others_are_told():
    case = draft()
    outcomes = []

    def first_save(number):
        try:
            outcomes.append(save(case, f"texto {number}", 0))
        except EditConflictError as conflict:
            outcomes.append(conflict.stored.note)
        connection.close()

    threads = [threading.Thread(target=first_save, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    kept = Answer.objects.get()
    assert sorted(map(str, outcomes)) == sorted(["1", *[kept.note] * 5])
    assert timezone.is_aware(kept.updated_at)
