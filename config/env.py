"""Read settings from the environment, and refuse nonsense with a remedy."""

import os
import re
import secrets
from collections.abc import Collection
from pathlib import Path
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

TRUE_WORDS = {"true", "1", "yes", "on"}
LOCAL_HOSTS = ("127.0.0.1", "localhost")
FALSE_WORDS = {"false", "0", "no", "off"}


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, default).strip()


def flag(name: str, *, default: bool) -> bool:
    """Return a yes/no setting; raise ImproperlyConfigured on any other word."""
    value = os.environ.get(name, "").strip().lower()
    if not value:
        return default
    if value in TRUE_WORDS:
        return True
    if value in FALSE_WORDS:
        return False
    raise ImproperlyConfigured(f"{name}={value!r} is neither true nor false. Write true or false.")


def choice(name: str, default: str, choices: Collection[str]) -> str:
    """Return one of ``choices``, which are written as they stand there."""
    value = text(name) or default
    if value not in choices:
        raise ImproperlyConfigured(f"{name}={value!r} is not known. Write one of: {', '.join(choices)}.")
    return value


def whole(name: str, default: int, *, minimum: int = 0, maximum: int | None = None) -> int:
    """Return a whole number of at least ``minimum`` and at most ``maximum``."""
    value = os.environ.get(name, "").strip()
    if not value:
        return default
    try:
        number = int(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name}={value!r} is not a whole number. Write it like {default}.") from None
    if number < minimum:
        raise ImproperlyConfigured(f"{name}={number} is too small. Write {minimum} or more.")
    if maximum is not None and number > maximum:
        raise ImproperlyConfigured(f"{name}={number} is too large. Write {maximum} or less.")
    return number


def words(name: str, default: str = "") -> list[str]:
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def site_url(name: str, default: str) -> str:
    """Return the public address of the site, without a final slash."""
    value = text(name, default).rstrip("/")
    parts = _address(name, value)
    has_more = parts.path or parts.query or parts.fragment or parts.username
    if parts.scheme not in {"http", "https"} or not parts.hostname or has_more:
        raise ImproperlyConfigured(f"{name}={value!r} is not a site address. Write it like https://constancia.example.")
    return value


def socket(name: str) -> str:
    """Return where a daemon listens, ``/path`` or ``host:port``; "" where the setting is absent."""
    value = text(name)
    host, _colon, port = value.rpartition(":")
    if value and not value.startswith("/") and not (host and port.isascii() and port.isdigit()):
        raise ImproperlyConfigured(f"{name}={value!r} is no socket. Write /run/clamav/clamd.ctl or 127.0.0.1:3310.")
    return value


def hosts(name: str, site: str, *, is_trial: bool) -> list[str]:
    """Return the host names that are answered. This machine's own are added only where the portal is tried out."""
    host = urlsplit(site).hostname or ""
    is_local = is_trial or host in LOCAL_HOSTS
    return list(dict.fromkeys([*words(name, host), *(LOCAL_HOSTS if is_local else ())]))


def database(name: str, default: str) -> dict[str, object]:
    """Return Django's settings for ``sqlite:///path`` or ``postgresql://user:password@host:port/name``."""
    value = text(name, default)
    parts = _address(name, value)
    if parts.scheme == "sqlite" and parts.path.strip("/"):
        return _sqlite(parts.path[1:])
    if parts.scheme in {"postgres", "postgresql"} and parts.path.strip("/"):
        return _postgresql(value)
    raise ImproperlyConfigured(
        f"{name} names no database. Write sqlite:///file or postgresql://user:password@host:5432/name."
    )


def _sqlite(path: str) -> dict[str, object]:
    # IMMEDIATE takes the write lock at BEGIN: with the default, concurrent writers are lost to «database is locked».
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
        },
    }


def _postgresql(value: str) -> dict[str, object]:
    parts = urlsplit(value)
    options: dict[str, object] = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_HEALTH_CHECKS": True,  # a connection of the pool that the server closed is replaced, not used
        "OPTIONS": {**options, "pool": {"min_size": 1, "max_size": whole("DATABASE_POOL_SIZE", 8, minimum=1)}},
    }


def storage(name: str, default: str, *, group_reads: bool = False) -> dict[str, object]:
    """Return the STORAGES entry of ``file:///folder`` or ``s3://key:secret@host:port/bucket?tls=false&region=…``."""
    value = text(name, default)
    parts = _address(name, value)
    if parts.scheme == "file" and parts.path:
        # Uploaded files are private: nothing but the owner may read them, and the web server that hands them out.
        return {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {
                "location": parts.path,
                "file_permissions_mode": 0o640 if group_reads else 0o600,
                # Django's chmod of a new folder would else take the set-group bit, and the web server's group, away.
                "directory_permissions_mode": 0o2750 if group_reads else 0o700,
            },
        }
    if parts.scheme == "s3" and parts.hostname and parts.path.strip("/"):
        return _s3(name, value)
    raise ImproperlyConfigured(f"{name} names no store. Write file:///folder or s3://key:secret@host:port/bucket.")


def _address(name: str, value: str) -> SplitResult:
    """Split an address, or refuse it without telling it: it may hold a password."""
    try:
        parts = urlsplit(value)
        _port = parts.port  # is read only now
    except ValueError:
        raise ImproperlyConfigured(f"{name} is no address. Write its port as a whole number up to 65535.") from None
    return parts


def offload(name: str) -> tuple[str, str] | None:
    """Return the header that makes the web server send a file, and before what its name stands; None without one."""
    value = text(name)
    header, _colon, folder = value.partition(":")
    if not value:
        return None
    if header.lower() == "x-accel-redirect" and re.fullmatch(r"/[A-Za-z0-9_-]+/", folder):
        return ("X-Accel-Redirect", folder)
    if value.lower() == "x-sendfile":
        return ("X-Sendfile", "")
    raise ImproperlyConfigured(f"{name}={value!r} is no way out. Write x-accel-redirect:/files/ or x-sendfile.")


def direct_origin(storage: object) -> list[str]:
    """Return where browsers send files straight to the store: its origin, or nothing for a folder."""
    options = storage["OPTIONS"] if isinstance(storage, dict) else {}
    return [options["endpoint_url"]] if "endpoint_url" in options else []


def _s3(name: str, value: str) -> dict[str, object]:
    from boto3.s3.transfer import TransferConfig  # who keeps files in a folder does not wait for it

    parts = urlsplit(value)
    query = dict(parse_qsl(parts.query))
    if not query.keys() <= {"tls", "region"} or query.get("tls", "true") not in {"true", "false"}:
        raise ImproperlyConfigured(
            f"{name} says after «?» what is not known. Write region=… and tls=false or tls=true."
        )
    scheme = "http" if query.get("tls") == "false" else "https"
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": parts.path.strip("/"),
            "access_key": unquote(parts.username or ""),
            "secret_key": unquote(parts.password or ""),
            "endpoint_url": f"{scheme}://{parts.hostname}" + (f":{parts.port}" if parts.port else ""),
            "region_name": query.get("region", "us-east-1"),
            "default_acl": None,
            "querystring_auth": True,
            "querystring_expire": 120,
            "signature_version": "s3v4",
            "file_overwrite": False,
            "addressing_style": "path",
            "max_memory_size": 2**20,  # what is read is held on the disk beyond that
            "transfer_config": TransferConfig(use_threads=False),  # ten at once would hold 80 MB in memory
        },
    }


def secret_key(folder: Path) -> str:
    """Return SECRET_KEY, or the key of an untracked file that is made on the first run, readable by its owner only."""
    given = text("SECRET_KEY")
    if given:
        return given
    path = folder / "secret_key"
    folder.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(64))
    return path.read_text().strip()
