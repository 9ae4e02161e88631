"""Find certificates by name: words of the holder's name, each as far as it was typed, in any order."""
# ruff: noqa: S608 - values are parameters; only names of ours are written into the statements

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection
from django.db.models import Q

from certification.certificates.models import Certificate, CertificateQuerySet, HolderWord, fold

# A word that begins the names of more certificates than this is common: the newest of them are soon found by reading
# names, newest first. The certificates of a rarer word are read from the index of words, all of them.
COMMON = 1_000
MAX_WORDS = 6
RANGE = "word >= %s AND word < %s"
LIMIT = " LIMIT {cut}"
LIST = f"SELECT certificate_id AS id FROM certification_holderword WHERE {RANGE}{LIMIT}"
LIST_ALL = f"SELECT certificate_id AS id FROM certification_holderword AS one WHERE {RANGE}"
HAS = f"EXISTS (SELECT 1 FROM certification_holderword WHERE certificate_id = one.certificate_id AND {RANGE})"
IS_COMMON = f"(SELECT count(*) FROM ({LIST}) AS counted) = {{cut}}"


def index_names(certificates: Iterable[Certificate]) -> None:
    """Put the words of the holders' names into the index. Each certificate once."""
    HolderWord.objects.bulk_create(
        (
            HolderWord(certificate=certificate, word=word.encode())
            for certificate in certificates
            for word in sorted(set(fold(certificate.holder).split()))
        ),
        batch_size=5_000,
    )


def named(found: CertificateQuerySet, text: str) -> CertificateQuerySet:
    """Those of ``found`` whose holder's name has every word of ``text``, whole or its beginning; accents and case
    count for nothing. A text without a word finds nothing. Asks one query at once: which words are rare.
    """
    words = sorted(set(fold(text).split()), key=lambda word: (-len(word), word))[:MAX_WORDS]
    if not words:
        return found.none()
    *lists, together = _lists(words)
    rare = [set(keys) for keys in lists if len(keys) <= COMMON]
    if not rare and len(together) <= COMMON:
        rare = [set(together)]
    if rare:
        found = found.filter(pk__in=set.intersection(*rare))
    for word, keys in zip(words, lists, strict=True):
        if len(keys) > COMMON:
            found = found.filter(Q(holder_folded__startswith=word) | Q(holder_folded__contains=f" {word}"))
    return found


def _lists(words: list[str]) -> list[list[int]]:
    """The certificates that each word begins a word of; and, if every word is common, those of all the words, which
    may never stand together. A list of more than COMMON is cut there; a certificate may be in one more than once.
    """
    # By hand: on SQLite the ORM cannot limit each part of a union.
    queries = [LIST] * len(words)
    queries.append(" AND ".join([LIST_ALL, *[HAS] * (len(words) - 1), *[IS_COMMON] * len(words)]) + LIMIT)
    bounds = [bound for word in words for bound in (word.encode(), word.encode() + b"\xff")]
    parts = [f"SELECT {number}, id FROM ({query}) AS list_{number}" for number, query in enumerate(queries)]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts).format(cut=COMMON + 1), bounds * 3)
        rows = cursor.fetchall()
    lists: list[list[int]] = [[] for _query in queries]
    for number, key in rows:
        lists[number].append(key)
    return lists
