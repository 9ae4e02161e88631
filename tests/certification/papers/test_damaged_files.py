"""Damaged papers: whatever a stranger's file does to the parsers, the page answers."""

import random

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from certification.papers import signing
from certification.papers.signing import PdfResult, verify_pdf

ROUNDS = 300


def mutated(content, chance):
    """Some bytes changed, a piece cut out, or a piece said twice."""
    kind, at = chance.randrange(3), chance.randrange(len(content))
    length = chance.randrange(1, 400)
    if kind == 0:
        spoiled = bytearray(content)
        for _ in range(chance.randrange(1, 60)):
            spoiled[chance.randrange(len(spoiled))] = chance.randrange(256)
        return bytes(spoiled)
    if kind == 1:
        return content[:at] + content[at + length :]
    return content[: at + length] + content[at:]


def test_no_damage_raises_and_none_is_genuine(signed):
    chance = random.Random(25)
    found = [verify_pdf(mutated(signed, chance)).result for _ in range(ROUNDS)]
    assert PdfResult.GENUINE not in found
    assert found.count(PdfResult.ALTERED) > ROUNDS / 2


@pytest.mark.parametrize("error", [AssertionError, NotImplementedError, MemoryError, RecursionError])
def test_our_certificate_is_known_in_a_file_that_does_not_open(signed, paper, monkeypatch, error):
    def broken(*_args):
        raise error

    monkeypatch.setattr(signing, "PdfFileReader", broken)
    assert verify_pdf(signed).result == PdfResult.ALTERED
    assert verify_pdf(paper).result == PdfResult.NOT_OURS


@pytest.mark.django_db
def test_a_file_cut_in_two_is_answered_on_the_page(signed, client):
    half = SimpleUploadedFile("c.pdf", signed[: len(signed) // 2])
    assert client.post("/verificar/", {"pdf": half}).status_code == 200
