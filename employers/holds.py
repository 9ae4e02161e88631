"""Why the data of an employer may not change for now. The rooms above say so: this one does not know them."""

from __future__ import annotations

from collections.abc import Callable

from accounts.refusals import ActionRefused
from employers.models import Employer, Workplace

# Asked for an employer's identity with None, and for one of its workplaces with it. Answers a sentence, or None.
Guard = Callable[[Employer, Workplace | None], str | None]
_guards: list[Guard] = []


def register(guard: Guard) -> None:
    """Ask ``guard`` before each change from now on. Called once, when the program starts."""
    if guard not in _guards:
        _guards.append(guard)


def lock(employer: int) -> Employer:
    """Let whoever changes an employer's data, people, files, workplaces or figures, or sends them, do so one at a time.

    Returns what is stored. Inside a transaction, before any row of theirs is read; on SQLite the transaction itself is
    exclusive. Rows that point at the employer are written meanwhile.
    """
    return Employer.objects.select_for_update(no_key=True).get(pk=employer)


def refuse_if_held(employer: Employer, workplace: Workplace | None = None) -> None:
    """Raise ActionRefused with the first reason why the employer's identity, or the workplace, stays as it is.

    Whoever sends something locks the employer too: it is over then and seen here, or it waits and sees the change.
    """
    lock(employer.pk)
    for guard in _guards:
        sentence = guard(employer, workplace)
        if sentence:
            raise ActionRefused(sentence)
