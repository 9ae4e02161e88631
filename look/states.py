"""Which shape a state is shown with: the rooms know states, only this layer knows their look."""

SHAPES = {
    # applications
    "draft": "doing",
    "submitted": "review",
    "in_review": "review",
    "observed": "attention",
    "recommended": "review",
    "decided": "review",
    "awarded": "met",
    "declined": "failed",
    "withdrawn": "ended",
    "lapsed": "ended",
    # certificates
    "in_force": "met",
    "suspended": "paused",
    "cancelled": "failed",
    "expired": "ended",
    # claims and verdicts
    "partly": "attention",
    "not_met": "failed",
    "not_applicable": "locked",
    # practices
    "proposed": "review",
    "returned": "attention",
    "published": "met",
    # invitations, documents, memberships
    "pending": "todo",
    "accepted": "met",
    "revoked": "ended",
    "active": "met",
    "ok": "met",
    "fault": "failed",
    # files
    "quarantined": "review",
    "clean": "met",
    "rejected": "failed",
    "unreadable": "failed",
    # decisions
    "award": "met",
    "decline": "failed",
}
OWN = frozenset({"todo", "doing", "review", "met", "attention", "failed", "paused", "locked", "ended", "own"})


def shape(value: str) -> str:
    """Return the suffix of the CSS class of a state; a state nobody named yet gets the empty circle."""
    return value if value in OWN else SHAPES.get(value, "todo")
