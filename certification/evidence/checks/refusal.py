"""Why a file is not taken, in words for the person who chose it."""

from __future__ import annotations

from typing import Any

from accounts.refusals import ActionRefused


class UnfitError(Exception):
    """What is wrong with a content, and the remedy. ``check_upload`` adds the file's name to it."""

    def __init__(self, reason: object, remedy: object) -> None:
        self.reason, self.remedy = str(reason), str(remedy)
        super().__init__(f"{self.reason} {self.remedy}")


class UnreadableError(UnfitError):
    """The content does not open: damaged, cut, or behind a password. Nothing bad was found, nothing can be."""


class ActingError(UnfitError):
    """What is wrong can be taken out of the file: programs, dynamic forms, other files (evidence.cleaning)."""


class UploadRefused(ActionRefused):
    """A file was not taken. ``str()`` is one sentence for the page: name, reason and remedy.

    ``kept``: the revision from which what is wrong can be taken out, where it can.
    """

    def __init__(self, name: str, reason: object, remedy: object, *, kept: Any = None) -> None:
        self.name, self.reason, self.remedy, self.kept = name, str(reason), str(remedy), kept
        super().__init__(f"«{self.name}»: {self.reason} {self.remedy}".rstrip())

    @property
    def sentence(self) -> str:
        return str(self)


class TryAgain(UploadRefused):
    """Nothing is wrong with the file: the same again may do."""
