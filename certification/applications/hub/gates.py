"""The three gates in words: of what is claimed, or of what was verified."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from certification.standards.enums import GateState
from certification.standards.results import Gate, Score


@dataclass(frozen=True)
class GateView:
    state: str
    word: str
    title: str
    text: str


def gate_views(scored: Score, *, without_proof: int = 0) -> list[GateView]:
    """The three gates, of what is claimed or of what was verified.

    ``without_proof`` letters are only said to be there, so far: sending waits for them, whatever the gate says.
    """
    views = []
    for number, gate in enumerate(scored.gates):
        waits = gate.is_open and not all(before.is_open for before in scored.gates[:number])
        views.append(_gate(gate, scored, waits=waits))
        if gate.code == "participation" and gate.is_open and without_proof:
            views[-1] = _open_on_words(views[-1], without_proof)
    return views


def _open_on_words(shown: GateView, number: int) -> GateView:
    lacking = ngettext(
        "Falta adjuntar un documento o escribir su número.",
        "Falta adjuntar %(n)s documentos o escribir su número.",
        number,
    ) % {"n": number}
    return GateView("attention", _("Abierta con lo que declaras"), shown.title, f"{shown.text} {lacking}")


def _gate(gate: Gate, scored: Score, *, waits: bool) -> GateView:
    titles = {"participation": _("Participación"), "criteria": _("Requisitos"), "measures": _("Medidas")}
    shapes = {GateState.OPEN: "met", GateState.CLOSED: "failed", GateState.WAITING: "todo"}
    if waits:  # the gates open in their order: this one would, but for an earlier one
        return GateView("locked", _("Espera a la anterior"), titles[gate.code], _gate_text(gate, scored))
    return GateView(shapes[gate.state], str(gate.state.label), titles[gate.code], _gate_text(gate, scored))


def _gate_text(gate: Gate, scored: Score) -> str:
    if gate.code == "participation":
        done = sum(1 for one in scored.requirements if one.state == GateState.OPEN)
        if not scored.requirements:
            return _("Esta norma no pide documentos previos.")
        return _("%(done)s de %(all)s documentos vigentes.") % {"done": done, "all": len(scored.requirements)}
    if gate.code == "criteria":
        critical = [one for one in scored.criteria if one.critical]
        text = _("%(points)s puntos y el mínimo es %(threshold)s.") % {
            "points": scored.shown_points,
            "threshold": scored.threshold,
        }
        if critical:
            met = sum(1 for one in critical if one.is_satisfied)
            text += " " + _("Críticos completos: %(met)s de %(all)s.") % {"met": met, "all": len(critical)}
        return text
    if not scored.measures:
        return _("Esta norma no tiene medidas que suban el nivel.")
    return _("%(met)s de %(all)s cumplidas.") % {"met": scored.measures_met, "all": len(scored.measures)}
