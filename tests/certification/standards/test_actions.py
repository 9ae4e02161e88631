import datetime as dt

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from accounts.refusals import ActionRefused
from audit.models import Event
from certification.standards import actions
from certification.standards.document import StandardDocument, fingerprint
from certification.standards.models import Standard
from certification.standards.reading import parse_yaml
from tests.accounts.factories import UserFactory
from tests.certification.standards.factories import AT, DEI, NAMES, changed, document_of, publish, text_of

pytestmark = pytest.mark.django_db

NEWER = (('version: "2019.1"', 'version: "2026"'), ("free: true", "free: false"))


def test_publishing_freezes_the_document_and_records_who():
    manager = UserFactory(manager=True)
    standard, is_new = actions.publish(document_of(DEI), actor=manager, at=AT)
    standard.refresh_from_db()
    assert (is_new, standard.is_in_force, standard.published_by, standard.published_at) == (True, True, manager, AT)
    assert (standard.code, standard.slug, standard.version) == ("DEI", "distintivo-ei", "2019.1")
    assert standard.document == document_of(DEI)
    assert standard.fingerprint == fingerprint(document_of(DEI))
    event = Event.objects.about(standard).get()
    assert (event.action, event.actor, event.data["version"]) == ("publish", manager, "2019.1")


def test_the_same_content_again_changes_nothing():
    first = publish()
    again, is_new = actions.publish(document_of(DEI), actor=None, at=AT + dt.timedelta(days=1))
    assert (again, is_new, Event.objects.count()) == (first, False, 1)
    assert Standard.objects.get().published_at == AT


def test_all_four_stand_beside_each_other():
    for name in NAMES:
        publish(name)
    assert Standard.objects.in_force().count() == 4


@pytest.mark.parametrize("version", ["2019.1", "2019", "2018.2", "1"])
def test_changed_content_demands_a_higher_version(version):
    publish()
    text = changed(DEI, ('version: "2019.1"', f'version: "{version}"'), ("free: true", "free: false"))
    with pytest.raises(ActionRefused, match="Escribe una versión mayor"):
        actions.publish(parse_yaml(text), actor=None, at=AT)
    assert Standard.objects.get().is_in_force
    assert Event.objects.count() == 1


def test_a_higher_version_takes_the_place_of_the_older():
    old = publish()
    new, is_new = actions.publish(parse_yaml(changed(DEI, *NEWER)), actor=None, at=AT)
    old.refresh_from_db()
    assert (is_new, old.is_in_force, new.is_in_force) == (True, False, True)
    assert Standard.objects.in_force().get() == new


def test_what_was_replaced_does_not_come_back_as_unchanged():
    publish()
    actions.publish(parse_yaml(changed(DEI, *NEWER)), actor=None, at=AT)
    with pytest.raises(ActionRefused, match="otra la sustituyó"):
        actions.publish(document_of(DEI), actor=None, at=AT)


def test_versions_are_compared_as_numbers():
    assert actions.version_key("2015.10") > actions.version_key("2015.9")


@pytest.mark.parametrize(
    ("replacement", "sentence"),
    [
        (("slug: distintivo-ei", "slug: distintivo-efr"), "dirección"),
        (("folio_prefix: DEI", "folio_prefix: DEFR"), "prefijo"),
    ],
)
def test_address_and_prefix_belong_to_one_standard(replacement, sentence):
    publish("distintivo-efr")
    with pytest.raises(ActionRefused, match=sentence):
        actions.publish(parse_yaml(changed(DEI, replacement)), actor=None, at=AT)
    assert Standard.objects.get().code == "DEFR"


@pytest.mark.parametrize(
    ("replacement", "kept"),
    [
        (("slug: distintivo-ei", "slug: distintivo-nuevo"), "distintivo-ei"),
        (("folio_prefix: DEI", "folio_prefix: DNUEVO"), "DEI"),
    ],
)
def test_address_and_prefix_stay_between_versions(replacement, kept):
    old = publish()
    with pytest.raises(ActionRefused, match=f"no cambia entre versiones.*«{kept}»"):
        actions.publish(parse_yaml(changed(DEI, *NEWER, replacement)), actor=None, at=AT)
    assert Standard.objects.in_force().get() == old


@pytest.mark.parametrize(
    ("replacements", "sentence"),
    [
        ([("slug: distintivo-ei", "slug: distintivo-efr")], "dirección"),
        ([("folio_prefix: DEI", "folio_prefix: DEFR")], "prefijo"),
    ],
)
def test_what_another_standard_ever_used_stays_its_own(replacements, sentence):
    publish("distintivo-efr")
    Standard.objects.update(is_in_force=False)
    with pytest.raises(ActionRefused, match=sentence):
        actions.publish(parse_yaml(changed(DEI, *replacements)), actor=None, at=AT)


def test_one_version_of_a_code_is_in_force_whatever_its_address():
    publish()
    kept = Standard.objects.values().get()
    other = {**kept, "id": None, "slug": "otra", "version": "9", "fingerprint": "f" * 64}
    with pytest.raises(IntegrityError), transaction.atomic():
        Standard.objects.create(**other)
    Standard.objects.create(**{**other, "is_in_force": False})
    assert Standard.objects.in_force().get().slug == "distintivo-ei"


def test_a_document_made_by_hand_is_checked_too():
    data = document_of(DEI).model_dump()
    wrong = StandardDocument.model_validate(data | {"max_total_points": 101}, strict=False)
    with pytest.raises(ActionRefused, match="suman 100"):
        actions.publish(wrong, actor=None, at=AT)
    assert not Standard.objects.exists()


@pytest.mark.parametrize("field", ["content", "fingerprint", "version", "code", "slug", "title", "published_at"])
def test_the_database_refuses_to_change_what_is_published(field):
    standard = publish()
    values = {"content": {}, "published_at": AT + dt.timedelta(days=1)}
    with pytest.raises(DatabaseError, match="permanent"), transaction.atomic():
        Standard.objects.filter(pk=standard.pk).update(**{field: values.get(field, "otro")})
    assert Standard.objects.get().document == document_of(DEI)


def test_the_database_refuses_to_remove_it():
    publish()
    with pytest.raises(DatabaseError, match="permanent"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM certification_standard")
    assert Standard.objects.count() == 1


def test_the_database_lets_it_leave_force():
    publish()
    assert Standard.objects.update(is_in_force=False) == 1


def test_a_text_read_again_has_the_same_fingerprint():
    assert fingerprint(parse_yaml(text_of(DEI))) == publish().fingerprint


def test_the_content_is_fetched_once_a_process(django_assert_num_queries):
    publish()
    assert Standard.objects.get().document
    with django_assert_num_queries(1):
        assert Standard.objects.defer("content").get().document == document_of(DEI)
