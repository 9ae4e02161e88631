"""A certificate sheet for tests of the paper."""

import datetime as dt
import hashlib
import json
from dataclasses import replace

from certification.certificates.pdf import CertificateSheet, GateLine, SiteLine

FOLIO = "NMX25-2026-0417-K"
DATA = json.dumps({"folio": FOLIO}).encode()
CHECK = {
    "verify_url": f"https://constancia.example/verificar/{FOLIO}/",
    "data": DATA,
    "digest": hashlib.sha256(DATA).hexdigest(),
}
SHEET = CertificateSheet(
    folio=FOLIO,
    holder="Empresa Ejemplo, S.A. de C.V.",
    body_name="Organismo Ejemplo de Certificación, A.C.",
    body_note="Organismo de certificación acreditado, ejemplo 000/00",
    standard_title="Norma Mexicana en Igualdad Laboral y No Discriminación",
    standard_code="NMX-R-025-SCFI-2015",
    is_norm=True,
    level_title="Plata",
    level_rank=3,
    level_count=4,
    issued_at=dt.datetime(2026, 3, 16, 18, tzinfo=dt.UTC),
    issued_on=dt.date(2026, 3, 16),
    valid_until=dt.date(2030, 3, 15),
    decided_on=dt.date(2026, 3, 11),
    notified_on=dt.date(2026, 3, 16),
    surveillance_on=dt.date(2028, 3, 1),
    sites=(SiteLine("Planta Querétaro", "Av. de la Muestra 100, Querétaro", 214),),
    gates=(GateLine("Puntos", "El mínimo es 70", "84°"),),
    legal_basis="NMX-R-025-SCFI-2015",
    office="Comité de dictaminación",
    signatory_charge="Dirección General del organismo",
    appeal="Ante el organismo",
    **CHECK,
)


def sheet(**changes):
    return replace(SHEET, **changes)
