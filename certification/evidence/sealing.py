"""The original of a masked copy is sealed: whoever is not of the employer sees the copy in its place."""

from __future__ import annotations

from collections.abc import Iterable

from certification.evidence.enums import Derivation, RevisionState
from certification.evidence.models import Revision


def masked_copies(revisions: Iterable[Revision]) -> dict[int, Revision]:
    """The copy that is seen in the place of each revision that has one, by the key of that revision, in one query."""
    originals = {revision.pk: revision for revision in revisions}
    copies = Revision.objects.filter(
        derived_from__in=originals, derivation=Derivation.MASKED, state=RevisionState.CLEAN
    ).order_by("number")
    found = {}
    for copy in copies:
        copy.derived_from = originals[copy.derived_from_id or 0]
        found[copy.derived_from.pk] = copy
    return found


def original_of(revision: Revision) -> Revision | None:
    """The sealed file behind a masked copy; None for any other revision."""
    return revision.derived_from if revision.derivation == Derivation.MASKED else None
