"""The original of a masked copy is sealed: whoever is not of the employer sees the copy in its place."""

from __future__ import annotations

from collections.abc import Iterable

from certification.evidence.enums import Derivation, RevisionState
from certification.evidence.models import Revision


def masked_copies(revisions: Iterable[Revision]) -> dict[int, Revision]:
    """The copy that is seen in the place of each revision that has one, by the key of that revision, in one query.

    The last copy of a file is seen also where an earlier copy of it was sent: more may be covered in it.
    """
    given = {revision.pk: revision for revision in revisions}
    originals = {pk: one.derived_from_id if original_is_sealed(one) else pk for pk, one in given.items()}
    copies = Revision.objects.filter(
        derived_from__in=originals.values(), derivation=Derivation.MASKED, state=RevisionState.CLEAN
    ).select_related("derived_from")
    last = {copy.derived_from_id: copy for copy in copies.order_by("number")}
    return {pk: last[original] for pk, original in originals.items() if original in last and last[original].pk != pk}


def original_is_sealed(revision: Revision) -> bool:
    """Whether the revision is a masked copy."""
    return revision.derivation == Derivation.MASKED


def original_of(revision: Revision) -> Revision | None:
    """The sealed file behind a masked copy; None for any other revision."""
    return revision.derived_from if original_is_sealed(revision) else None
