"""What a certificate certifies, as canonical JSON; and the paper, which says nothing that is not in it."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.enums import BodyKind
from accounts.models import ReviewBody
from certification.applications.models import Application
from certification.certificates.pdf import CertificateSheet, GateLine, SiteLine
from certification.review.models import Decision
from certification.standards.canonical import canonical_text, day_of, day_text
from certification.standards.document import StandardDocument
from certification.standards.enums import GateState, SchemeKind
from certification.standards.explanation import as_data, outline
from certification.standards.models import Standard
from certification.standards.results import Score, shown
from certification.standards.scoring import months_after
from employers import rfc
from employers.models import Employer, Workplace

FORMAT = 1
WORKING = "°"  # marks a value that is not confirmed against the official text


@dataclass(frozen=True)
class Certified:
    """The certified data of one certificate. Equal data give equal JSON, digest and seal."""

    data: dict[str, Any]

    @cached_property
    def json(self) -> bytes:
        return canonical_text(self.data).encode()

    @cached_property
    def digest(self) -> str:
        return hashlib.sha256(self.json).hexdigest()


def certify(application: Application, decision: Decision, score: Score, *, folio: str, on: dt.date) -> Certified:
    """Put together what is certified on the day ``on`` (format 1): dates ISO 8601, points as they are shown.

    ``score`` is of the verified verdicts; the public reads the outline of its explanation, without single items. The
    texts are Spanish, whatever the language of whoever presses the button.
    """
    document = application.standard.document
    with translation.override("es-mx"):
        return Certified(
            {
                "format": FORMAT,
                "folio": folio,
                "application": application.folio,
                "holder": application.employer.legal_name,
                **_rfc(application.employer),
                "standard": _standard(application.standard),
                "level": _level(document, decision.level),
                "points": {"shown": score.shown_points, "threshold": shown(score.threshold)},
                "gates": _gates(document, score),
                "explanation": as_data(outline(score.explanation)),
                "has_working_values": _has_working_values(document),
                "sites": [_site(workplace) for workplace in application.workplaces.order_by("pk")],
                "body": _body(application),
                "legal": _legal(decision),
                **_dates(document, decision, on),
                "is_sample": settings.DEMO or not settings.IS_HTTPS,
            }
        )


def sheet_of(certified: Certified, *, at: dt.datetime) -> CertificateSheet:
    """The paper of the certified data, printed at ``at``."""
    data = certified.data
    return CertificateSheet(
        folio=data["folio"],
        holder=data["holder"],
        body_name=data["body"]["name"],
        body_note=data["body"]["note"],
        standard_title=data["standard"]["title"],
        standard_code=data["standard"]["code"],
        is_norm=data["standard"]["kind"] == SchemeKind.NORM,
        level_title=data["level"]["title"],
        level_rank=data["level"]["rank"],
        level_count=data["level"]["of"],
        issued_at=at,
        issued_on=dt.date.fromisoformat(data["issued_on"]),
        valid_until=dt.date.fromisoformat(data["valid_until"]),
        decided_on=dt.date.fromisoformat(data["decided_on"]),
        notified_on=day_of(data["notified_on"]),
        surveillance_on=day_of(data["surveillance_on"]),
        sites=tuple(SiteLine(site["name"], site["address"], site["people"]) for site in data["sites"]),
        gates=tuple(GateLine(gate["title"], gate["text"], gate["figure"]) for gate in data["gates"]),
        verify_url=settings.SITE_URL + reverse("verify_folio", args=(data["folio"],)),
        data=certified.json,
        digest=certified.digest,
        is_sample=data["is_sample"],
        has_working_values=data["has_working_values"],
        **data["legal"],
    )


def _standard(standard: Standard) -> dict[str, str]:
    return {
        "code": standard.code,
        "title": standard.title,
        "version": standard.version,
        "fingerprint": standard.fingerprint,
        "kind": standard.kind,
    }


def _level(document: StandardDocument, code: str) -> dict[str, Any]:
    codes = [level.code for level in document.levels]
    return {
        "code": code,
        "title": document.level(code).title,
        "rank": codes.index(code) + 1,
        "of": len(codes),
    }


def _rfc(employer: Employer) -> dict[str, str]:
    """Only of companies: a person's tells their date of birth, and anybody may read the paper."""
    return {} if len(employer.rfc) == rfc.PERSON else {"rfc": employer.rfc}


def _site(workplace: Workplace) -> dict[str, Any]:
    return {
        "name": workplace.name,
        "state": workplace.state,
        "municipality": workplace.municipality,
        "address": ", ".join(part for part in (workplace.address, workplace.place) if part),
        "people": workplace.headcount,
    }


def _body(application: Application) -> dict[str, str]:
    body = application.body
    if body is None:
        raise ValueError(f"Application {application.folio} is decided without a body.")
    return {"code": body.code, "name": body.name, "kind": body.kind, "note": _body_note(body)}


def _body_note(body: ReviewBody) -> str:
    if body.kind == BodyKind.MINISTRY:
        return _("Secretaría del Trabajo y Previsión Social")
    return _("Organismo de certificación acreditado, %(number)s") % {"number": body.accreditation}


def _legal(decision: Decision) -> dict[str, str]:
    return {
        "legal_basis": decision.legal_basis,
        "office": decision.office,
        "signatory_charge": decision.signatory_charge,
        "appeal": decision.appeal,
    }


def _gates(document: StandardDocument, score: Score) -> list[dict[str, str]]:
    """The three gates in words. A standard without papers, critical criteria or measures has no such row."""
    of = _("%(met)s de %(total)s")
    gates = []
    if score.requirements:
        met = sum(1 for result in score.requirements if result.state == GateState.OPEN)
        gates.append((_("Participación"), _("Documentos vigentes al inicio"), of % _of(met, score.requirements)))
    critical = [result for result in score.criteria if result.critical]
    if critical:
        met = sum(1 for result in critical if result.is_satisfied)
        gates.append((_("Criterios críticos"), _("Se cumplen todos"), of % _of(met, critical)))
    least = shown(score.threshold) + ("" if document.is_confirmed("threshold") else WORKING)
    points = score.shown_points + ("" if _points_confirmed(document) else WORKING)
    gates.append((_("Puntos"), _("El mínimo es %(least)s") % {"least": least}, points))
    if score.measures:
        names = ", ".join(result.title for result in score.measures if result.met) or _("Ninguna")
        gates.append((_("Medidas"), names, of % _of(score.measures_met, score.measures)))
    return [{"title": title, "text": text, "figure": figure} for title, text, figure in gates]


def _of(met: int, every: Any) -> dict[str, int]:
    return {"met": met, "total": len(every)}


def _points_confirmed(document: StandardDocument) -> bool:
    return all(criterion.points_confirmed is True for criterion in document.criteria)


def _has_working_values(document: StandardDocument) -> bool:
    return not (_points_confirmed(document) and document.is_confirmed("threshold"))


def _dates(document: StandardDocument, decision: Decision, on: dt.date) -> dict[str, str | None]:
    return {
        "decided_on": timezone.localdate(decision.decided_at).isoformat(),
        "notified_on": day_text(decision.notified_on),
        "issued_on": on.isoformat(),
        "valid_until": (_years_later(on, document.validity_years) - dt.timedelta(days=1)).isoformat(),
        "surveillance_on": _surveillance(document, on),
    }


def _surveillance(document: StandardDocument, on: dt.date) -> str | None:
    """Mid-term surveillance, where the standard has one: a month is enough, so the first day of it."""
    if document.surveillance_months is None:
        return None
    return months_after(on, document.surveillance_months).replace(day=1).isoformat()


def _years_later(on: dt.date, years: int) -> dt.date:
    try:
        return on.replace(year=on.year + years)
    except ValueError:  # the 29th of February
        return dt.date(on.year + years, 3, 1)
