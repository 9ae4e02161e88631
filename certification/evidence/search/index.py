"""Writing and asking what documents are found by. Both databases are fed with the stems of one analyser."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q

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
    """Documents with every word that is asked for, in whatever form; also those whose title has the text as it is."""
    wanted = list(dict.fromkeys(stems(query)))[:MOST_ASKED]
    named = Q(title__icontains=query.strip())
    if not wanted:
        return named
    rows = DocumentWords.objects.filter(document=OuterRef("pk"))
    for stem in wanted:
        rows = rows.filter(stems__contains=f" {stem}")
    return named | Exists(rows)
