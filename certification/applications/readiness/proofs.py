"""Which lines of «con qué se demuestra» nothing that is attached can prove.

Nobody ticks which line a document fulfils. It names a line where its title, or what is said that it shows, has all the
words of that line; one that names no line of its criterion may be any that takes its kind. So a line lacks only where
no document names it and none is left that could be it: what is said to lack does.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from certification.applications.addresses import Addresses
from certification.applications.dossier import Dossier, Paper
from certification.applications.readiness.findings import Finding, Kind, Subject
from certification.evidence.analyser import stems
from certification.evidence.enums import REFUSED, DocumentKind
from certification.standards.document import Criterion, Measure
from certification.standards.enums import EvidenceKind
from certification.standards.evidence_lines import EvidenceLine, evidence_lines
from certification.standards.languages import words_of

OWN_KIND = {
    DocumentKind.FIGURE: EvidenceKind.FIGURE,
    DocumentKind.SURVEY: EvidenceKind.SURVEY,
    DocumentKind.PHOTOGRAPH: EvidenceKind.PHOTOGRAPH,
}


def findings(dossier: Dossier, kind: Kind) -> Iterator[Finding]:
    """What lacks of each criterion that is claimed and has evidence: with none at all that is an error of its own.

    Required and confirmed, it blocks sending; required by a working value, it is warned of; what is typical helps.
    """
    addresses = Addresses.of(dossier.application)
    for criterion in dossier.document.criteria:
        if not _may_lack(criterion, kind):
            continue
        if not dossier.papers.get(criterion.code) or not dossier.claims_something(criterion.code):
            continue
        names = [f"«{line.words}»" for line in lacking(dossier, criterion) if _weight(line) == kind]
        if names:
            said = {"criterion": words_of(criterion), "names": ", ".join(names)}
            url = addresses.item(criterion.code).partition("#")[0] + f"#evidencia-{criterion.code}"
            yield Finding(kind, Subject.EVIDENCE, criterion.code, _sentence(kind, len(names)) % said, url)


def _may_lack(criterion: Criterion, kind: Kind) -> bool:
    """Whether a line of the criterion is of that weight: cheap, for pages that only count errors."""
    if kind == Kind.HINT:
        return bool(criterion.evidence)
    return any(rule.required and rule.is_confirmed == (kind == Kind.ERROR) for rule in criterion.evidence_rules)


def _weight(line: EvidenceLine) -> Kind:
    if not line.is_required:
        return Kind.HINT
    return Kind.ERROR if line.rule and line.rule.is_confirmed else Kind.WARNING


def _sentence(kind: Kind, count: int) -> str:
    if kind == Kind.HINT:
        return _("%(criterion)s: también ayudaría %(names)s.")
    if kind == Kind.ERROR:
        return ngettext(
            "%(criterion)s: falta %(names)s, indispensable. Si ya está en un documento, dilo en «qué demuestra».",
            "%(criterion)s: faltan %(names)s, indispensables. Si ya están en un documento, dilo en «qué demuestra».",
            count,
        )
    return ngettext(
        "%(criterion)s: falta %(names)s. Pedirlo es un valor de trabajo, todavía no es oficial.",
        "%(criterion)s: faltan %(names)s. Pedirlos es un valor de trabajo, todavía no es oficial.",
        count,
    )


def lacking(dossier: Dossier, part: Criterion | Measure) -> list[EvidenceLine]:
    """The lines that nothing attached can prove, in the order of the document; all of them where nothing is."""
    lines = evidence_lines(part, dossier.document)
    unnamed, free = _told_apart(dossier, part, lines)
    return [line for line in unnamed if not any(_may_be(paper, line) for paper in free)]


def open_required(dossier: Dossier, part: Criterion | Measure) -> tuple[int, int]:
    """How many required lines no document names, and how many documents name none: those may be these."""
    unnamed, free = _told_apart(dossier, part, evidence_lines(part, dossier.document))
    return sum(line.is_required for line in unnamed), len({paper.document for paper in free})


def _told_apart(
    dossier: Dossier, part: Criterion | Measure, lines: list[EvidenceLine]
) -> tuple[list[EvidenceLine], list[Paper]]:
    papers = [paper for paper in dossier.papers.get(part.code, ()) if paper.state not in REFUSED]
    named = {paper: [line.words.spanish for line in lines if _names(paper, line)] for paper in papers}
    proved = {title for titles in named.values() for title in titles}
    return [line for line in lines if line.words.spanish not in proved], [one for one in papers if not named[one]]


def _names(paper: Paper, line: EvidenceLine) -> bool:
    said = set(stems(f"{paper.title} {paper.shows}"))
    return any(asked and asked <= said for asked in (_asked(line.words.spanish), _asked(line.words.english)))


@lru_cache(maxsize=2_000)
def _asked(title: str) -> frozenset[str]:
    return frozenset(stems(title))


def _may_be(paper: Paper, line: EvidenceLine) -> bool:
    """A line without a rule takes everything, and so does what nobody said the kind of. A visit is not attached."""
    if line.rule is None or paper.kind == DocumentKind.OTHER or EvidenceKind.VISIT in line.rule.kinds:
        return True
    return OWN_KIND.get(DocumentKind(paper.kind), EvidenceKind.DOCUMENT) in line.rule.kinds
