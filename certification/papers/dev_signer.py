"""Make a certification authority and a signer for development and demonstrations. Never for the public site."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    pkcs12,
)
from cryptography.x509.oid import NameOID

from certification.papers.signing import KEY_FILE, TRUST_FILE

YEARS = 10


def make_dev_signer(folder: Path, *, passphrase: str, at: dt.datetime) -> None:
    """Write ``ca.pem`` and ``signer.p12`` (EC P-256), the key readable by its owner alone.

    The key of the authority is thrown away: it signs this one signer and nothing else ever.
    """
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    authority_key, signer_key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    authority_name, signer_name = _name("Autoridad de desarrollo"), _name("Firma de desarrollo, sin validez")
    authority = (
        _builder(authority_name, authority_name, authority_key, at)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .sign(authority_key, hashes.SHA256())
    )
    signer = (
        _builder(signer_name, authority_name, signer_key, at)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(authority_key.public_key()), critical=False)
        .sign(authority_key, hashes.SHA256())
    )
    lock: KeySerializationEncryption = BestAvailableEncryption(passphrase.encode()) if passphrase else NoEncryption()
    bundle = pkcs12.serialize_key_and_certificates(b"constancia", signer_key, signer, [authority], lock)
    # Appended: what an earlier signer signed stays ours.
    _write_private(folder / TRUST_FILE, authority.public_bytes(Encoding.PEM), os.O_APPEND)
    _write_private(folder / KEY_FILE, bundle, os.O_EXCL)


def _name(common_name: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "MX"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Constancia (desarrollo)"),
            x509.NameAttribute(NameOID.COMMON_NAME, common_name),
        ]
    )


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, at: dt.datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        # Demonstration certificates carry dates of past years, which this key signs today.
        .not_valid_before(at - dt.timedelta(days=1))
        .not_valid_after(at + dt.timedelta(days=365 * YEARS))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=not signs_certificates,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )


def _write_private(path: Path, content: bytes, how: int) -> None:
    # Born with its mode: a chmod afterwards would leave a moment in which others could read the key.
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | how, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
