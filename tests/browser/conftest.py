"""Fixtures of other rooms that the journeys walk through."""

from tests.certification.conftest import signer

__all__ = ["signer"]
