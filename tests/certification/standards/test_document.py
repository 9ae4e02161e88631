import datetime as dt
import json
from decimal import Decimal

import pytest
import yaml
from pydantic import ValidationError

from certification.standards.canonical import canonical_json
from certification.standards.document import canonical_data, fingerprint, parse_stored
from certification.standards.enums import SchemeKind, StageCode
from certification.standards.reading import parse_yaml
from tests.certification.standards.factories import DEI, MEXSTI, NAMES, NMX, changed, document_of, text_of


def leaves(value, path=()):
    """Every value of a document with its path, as text, so that 6 and "6" are the same."""
    if isinstance(value, dict):
        return {leaf for key, item in value.items() for leaf in leaves(item, (*path, key))}
    if isinstance(value, list | tuple):
        return {leaf for index, item in enumerate(value) for leaf in leaves(item, (*path, index))}
    return {(path, str(value))}


@pytest.mark.parametrize("name", NAMES)
def test_nothing_of_the_file_is_lost(name):
    written = yaml.safe_load(text_of(name))
    kept = document_of(name).model_dump(mode="json")
    same = {(path, text.removesuffix(".0")) for path, text in leaves(written)}
    numbers = {(path, text.rstrip("0").rstrip(".") if "." in text else text) for path, text in leaves(kept)}
    missing = {leaf for leaf in same if leaf not in leaves(kept) and leaf not in numbers}
    assert missing - {(path, text) for path, text in same if text in {"[]", "{}"}} == set()


@pytest.mark.parametrize("name", NAMES)
def test_what_is_stored_is_the_same_document(name):
    document = document_of(name)
    stored = json.loads(json.dumps(canonical_data(document)))
    again = parse_stored(fingerprint(document), stored)
    assert again == document
    assert fingerprint(again) == fingerprint(document)


def test_order_of_keys_and_way_of_writing_numbers_do_not_change_the_fingerprint():
    plain = document_of(DEI)
    shuffled = parse_yaml(yaml.safe_dump(yaml.safe_load(text_of(DEI)), sort_keys=True))
    decimals = parse_yaml(changed(DEI, ("threshold: 70", "threshold: 70.00")))
    assert fingerprint(shuffled) == fingerprint(decimals) == fingerprint(plain)
    assert fingerprint(parse_yaml(changed(DEI, ("points: 65", "points: 65.0")))) == fingerprint(plain)
    assert fingerprint(parse_yaml(changed(DEI, ("validity_years: 3", "validity_years: 4")))) != fingerprint(plain)


def test_canonical_json_is_sorted_and_without_blanks():
    text = canonical_json(canonical_data(document_of(MEXSTI)))
    assert text == json.dumps(json.loads(text), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert "Política" in text


def test_a_document_is_frozen():
    with pytest.raises(ValidationError):
        document_of(DEI).title = "otro"


def test_the_norm_reads_as_the_data_say():
    document = document_of(NMX)
    assert (document.kind, document.folio_prefix, document.threshold) == (SchemeKind.NORM, "NMX25", Decimal(70))
    assert [level.code for level in document.levels] == ["simple", "bronce", "plata", "oro"]
    assert (len(document.criteria), sum(criterion.critical for criterion in document.criteria)) == (14, 5)
    assert document.published_on == dt.date(2015, 10, 19)
    assert document.measures[0].metric.min == Decimal("0.4")


@pytest.mark.parametrize("name", NAMES)
def test_every_standard_has_a_clock_for_every_stage(name):
    assert {stage.code for stage in document_of(name).stages} == set(StageCode)
    assert not any(stage.is_confirmed for stage in document_of(name).stages)


def test_parts_are_found_by_code():
    document = document_of(NMX)
    assert document.item("P1").issuer == "STPS / PROFEDET"
    assert document.item("M4").title.startswith("Figura mediadora")
    assert document.criterion("R12").sub_items[0].code == "R12a"
    assert document.item("R99") is None
    with pytest.raises(KeyError):
        document.criterion("M4")
