import hashlib

import pytest
from defusedxml import ElementTree
from hypothesis import given
from hypothesis import strategies as st

from certification.papers.seal import frame, level_bars, rosette

DIGEST = hashlib.sha256(b"NMX25-2026-0417-K").hexdigest()


def test_a_rosette_is_always_drawn_the_same():
    rosette.cache_clear()
    drawn = hashlib.sha256(rosette(DIGEST).encode()).hexdigest()
    assert drawn == "68cf907c52c63b94ece5c801414bf966b0fd4bda975b298e771ca03b4dfdf78c"
    assert (
        hashlib.sha256(frame().encode()).hexdigest()
        == "515963feef3c541eb1c0dc74d65dbe7b0cd83af502ee72437091148c57d8719e"
    )


def test_one_letter_changes_the_rosette():
    assert rosette(DIGEST) != rosette(hashlib.sha256(b"NMX25-2026-0417-L").hexdigest())


@given(st.binary(min_size=32, max_size=32))
def test_every_digest_is_drawn_inside_the_square(digest):
    root = ElementTree.fromstring(rosette(digest.hex()))
    paths = root.findall(".//{http://www.w3.org/2000/svg}path")
    assert root.get("viewBox") == "0 0 2000 2000"
    assert [path.get("stroke") for path in paths] == ["#0b5d57", "#0b5d57", "#b86e00", "#0b5d57"]
    starts = [part.split("c")[0].split() for path in paths for part in path.get("d").split("M")[1:]]
    assert all(0 <= int(number) <= 2000 for start in starts for number in start)


@pytest.mark.parametrize("wrong", ["", "xyz", "ab" * 5])
def test_what_is_no_digest_is_refused(wrong):
    with pytest.raises((ValueError, IndexError)):
        rosette(wrong)


def test_level_bars_fill_what_was_reached():
    bars = level_bars(3, 4)
    assert bars.count("#0b5d57") == 3
    assert bars.count("#d5cdbf") == 1
