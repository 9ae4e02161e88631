"""Writing and asking what documents are found by. Both databases are fed with the stems of one analyser."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.functions import StrIndex

from certification.evidence.analyser import stems
from certification.evidence.models import Document
from certification.evidence.search.models import DocumentWords
from certification.evidence.text import page_texts

MOST_STEMS = 2_000  # of one document: what a report of two hundred pages has, and no list grows without end
MOST_ASKED = 8


def index_document(document: Document) -> None:
    """Write anew what a document is found by: what is said of it, its file's name, and its file's words once read.

    The same twice is as once.
    """
    newest = document.revisions.first()
    said = [document.title, document.note, document.signatory]
    if newest:
        said.append(newest.original_name.rpartition(".")[0])
        if newest.is_clean:
            said.extend(page_texts(newest))
    found = list(dict.fromkeys(stem for text in said for stem in stems(text)))[:MOST_STEMS]
    DocumentWords.objects.update_or_create(document=document, defaults={"stems": f" {' '.join(found)} "})


def has_words(query: str) -> Q:
    """Documents with every word that is asked for, in whatever form; of signs alone, those whose title has them."""
    wanted = list(dict.fromkeys(stems(query)))[:MOST_ASKED]
    if not wanted:
        return Q(title__icontains=query.strip())
    rows = DocumentWords.objects.filter(document=OuterRef("pk"))
    for number, stem in enumerate(wanted):
        # Not LIKE: it takes three times as long, and the stems are folded already.
        rows = rows.alias(**{f"at_{number}": StrIndex("stems", Value(f" {stem}"))}).filter(**{f"at_{number}__gt": 0})
    return Q(Exists(rows))
