"""Sign papers (PAdES B-B, certified, no changes allowed) and tell whether a PDF is ours.

The key is one PKCS#12 file, ``SIGNER_DIR/signer.p12``; the authorities we trust are in ``SIGNER_DIR/ca.pem``, which
may hold several when a key was replaced. An HSM or an external service takes the place of ``load_signer`` alone.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
import re
import stat
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from io import BytesIO
from itertools import islice
from pathlib import Path

from asn1crypto import cms, pem
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from django.conf import settings
from django.utils.translation import gettext as _
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from accounts.refusals import ActionRefused

KEY_FILE = "signer.p12"
TRUST_FILE = "ca.pem"
# Room for the signature and two certificates; measuring it each time would mean signing twice.
RESERVED = 16_384
SIGNATURE = re.compile(rb"/Contents\s*<([0-9A-Fa-f]{1000,200000})>")
MOST_SIGNATURES = 10  # looked at in a file that does not open
log = logging.getLogger(__name__)
READABLE_BY_OTHERS = stat.S_IRWXG | stat.S_IRWXO


class SignerUnavailable(ActionRefused):
    """There is no key to sign with. The message is for whoever pressed the button."""


class PdfResult(StrEnum):
    GENUINE = "genuine"
    ALTERED = "altered"
    NOT_OURS = "not_ours"


@dataclass(frozen=True)
class PdfCheck:
    """``sha256`` is of the file that was given. ``signed_at`` is what the signature says; None when not ours."""

    result: PdfResult
    sha256: str
    signed_at: dt.datetime | None = None


def load_signer() -> SimpleSigner:
    """Return the signer of our papers.

    Raises SignerUnavailable when the key is missing, cannot be opened, or may be read by others on the machine.
    """
    path = Path(settings.SIGNER_DIR) / KEY_FILE
    try:
        facts = path.stat()
    except OSError:
        raise SignerUnavailable(
            _("Falta la llave con la que se firman los certificados. No se emitió nada; avisa a quien opera el portal.")
        ) from None
    if facts.st_mode & READABLE_BY_OTHERS:
        raise SignerUnavailable(
            _(
                "La llave de firma está al alcance de otras cuentas del servidor, así que no se usa. "
                "No se emitió nada; avisa a quien opera el portal."
            )
        )
    signer = _read_key(path, facts.st_mtime_ns, settings.SIGNER_PASSPHRASE)
    if signer is None:
        raise SignerUnavailable(
            _("La llave de firma no se puede abrir. No se emitió nada; avisa a quien opera el portal.")
        )
    return signer


@lru_cache(maxsize=2)
def _read_key(path: Path, _changed: int, passphrase: str) -> SimpleSigner | None:
    """Opening a PKCS#12 file derives a key on purpose slowly: once for each content of the file."""
    try:
        path.read_bytes()
        signer: SimpleSigner | None = SimpleSigner.load_pkcs12(str(path), passphrase=passphrase.encode() or None)
    except (OSError, ValueError, TypeError):
        return None
    return signer


def signer_state() -> str:
    """``ready``, ``missing`` or ``unreadable``, for the health page."""
    if not (Path(settings.SIGNER_DIR) / KEY_FILE).exists():
        return "missing"
    try:
        load_signer()
    except SignerUnavailable:
        return "unreadable"
    return "ready"


def sign_pdf(pdf: bytes, *, charge: str, reason: str) -> bytes:
    """Return the PDF certified with an invisible signature that allows no change.

    ``charge`` names the office that signs, never a person. Raises SignerUnavailable.
    """
    metadata = PdfSignatureMetadata(
        field_name="Firma",
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
        name=charge,
        reason=reason,
    )
    signer = PdfSigner(metadata, load_signer())
    try:
        signed = signer.sign_pdf(IncrementalPdfFileWriter(BytesIO(pdf)), bytes_reserved=RESERVED)
    except SigningError as error:
        raise SignerUnavailable(_("La firma no se pudo hacer. No se emitió nada.")) from error
    return bytes(signed.getvalue())


def verify_pdf(content: bytes) -> PdfCheck:
    """Tell whether a PDF carries our signature and nobody changed it. Never raises on bad input.

    ``GENUINE`` needs pyHanko's ``bottom_line`` (trust, integrity and the rule «no changes») over the entire file.
    ``ALTERED`` is any other file with a certificate of ours in a signature, also one too damaged to be read.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    try:
        ours = [s for s in PdfFileReader(BytesIO(content)).embedded_signatures if _is_ours(s.signer_cert)]
        genuine = bool(ours) and all(_is_untouched(signature) for signature in ours)
        signed_at = ours[0].self_reported_timestamp if ours else None
    except Exception as error:  # noqa: BLE001 - a stranger's bytes break the parsers below in ways nobody can list
        log.info("A PDF could not be read: %s", type(error).__name__)
        ours, genuine, signed_at = [], False, None
    if genuine:
        return PdfCheck(PdfResult.GENUINE, sha256, signed_at)
    is_altered = bool(ours) or _bears_our_certificate(content)
    return PdfCheck(PdfResult.ALTERED if is_altered else PdfResult.NOT_OURS, sha256, signed_at)


def _is_ours(signer: asn1_x509.Certificate) -> bool:
    """Tell whether the certificate of a signature was issued by an authority of ours."""
    certificate = x509.load_der_x509_certificate(signer.dump())
    for authority in _authorities():
        try:
            certificate.verify_directly_issued_by(x509.load_der_x509_certificate(authority.dump()))
        except (ValueError, TypeError, InvalidSignature):
            continue
        return True
    return False


def _bears_our_certificate(content: bytes) -> bool:
    """Look for our certificate in the bytes of the signatures, where the PDF around them does not open."""
    for found in islice(SIGNATURE.finditer(content), MOST_SIGNATURES):
        try:
            certificates = cms.ContentInfo.load(bytes.fromhex(found[1].decode()))["content"]["certificates"]
            if any(_is_ours(one.chosen) for one in certificates):
                return True
        except Exception:  # noqa: BLE001, S112 - a signature that does not open says nothing, and neither does its error
            continue
    return False


def _is_untouched(signature: EmbeddedPdfSignature) -> bool:
    # The key is renewed before a certificate ends: what counts is that it was good when it signed.
    context = ValidationContext(
        trust_roots=_authorities(), moment=signature.self_reported_timestamp, allow_fetching=False
    )
    try:
        status = validate_pdf_signature(signature, context)
    except (SignatureValidationError, PdfError, ValueError):
        return False
    return bool(status.bottom_line) and status.coverage == SignatureCoverageLevel.ENTIRE_FILE


def _authorities() -> list[asn1_x509.Certificate]:
    path = Path(settings.SIGNER_DIR) / TRUST_FILE
    if not path.exists():
        return []
    blocks = pem.unarmor(path.read_bytes(), multiple=True)
    return [asn1_x509.Certificate.load(der) for kind, _headers, der in blocks if kind == "CERTIFICATE"]
