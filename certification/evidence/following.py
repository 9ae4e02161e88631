"""A newer file of a document may have to take the place of an older one where it is used: the rooms above see to it."""

from __future__ import annotations

from typing import Protocol

from accounts.models import User
from certification.evidence.models import Revision


class Follower(Protocol):
    """Called with a revision that may be used, in the place of a refused one or of the one that it was made from."""

    def __call__(self, revision: Revision, *, actor: User) -> None: ...


_followers: list[Follower] = []


def register(follower: Follower) -> None:
    """Tell ``follower`` of each such revision from now on. Called once, when the program starts."""
    if follower not in _followers:
        _followers.append(follower)


def follow(revision: Revision, *, actor: User) -> None:
    for follower in _followers:
        follower(revision, actor=actor)
