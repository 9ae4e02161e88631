"""Which addresses are taken for those of public pages."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from certification.evidence.links.addresses import content_of, name_of, public_address

OWN_NETWORK, NO_ADDRESS = "sólo se abre en tu red", "no es la dirección de una página"
REFUSED = {
    "ftp://ejemplo.org/a": NO_ADDRESS,
    "javascript:alert(1)": NO_ADDRESS,
    "data:text/html,hola": NO_ADDRESS,
    "file:///etc/passwd": NO_ADDRESS,
    "www.ejemplo.org": NO_ADDRESS,
    "//ejemplo.org/a": NO_ADDRESS,
    "https://": NO_ADDRESS,
    "https://ejemplo.org:99999/": NO_ADDRESS,
    "https://ejemplo.org:0/": NO_ADDRESS,
    "https://[::1/": NO_ADDRESS,
    "https://ejemplo.org/a b": NO_ADDRESS,
    "https://ejemplo.org\\@otro.org/": NO_ADDRESS,
    "https://ejemplo.org/\u202efdp.exe": NO_ADDRESS,
    "https://ejemplo.org/<script>": NO_ADDRESS,
    "https://ana:secreta@ejemplo.org/": "usuario o contraseña",
    "https://ana@ejemplo.org/": "usuario o contraseña",
    "https://ejemplo.org/" + "a" * 500: "pasa de 500 letras",
    "http://localhost/": OWN_NETWORK,
    "http://servidor/": OWN_NETWORK,
    "http://portal.local/": OWN_NETWORK,
    "http://portal.LAN./": OWN_NETWORK,
    "http://metadata.google.internal/": OWN_NETWORK,
    "http://127.0.0.1/": OWN_NETWORK,
    "http://127.1/": OWN_NETWORK,
    "http://2130706433/": OWN_NETWORK,
    "http://0x7f.0.0.1/": OWN_NETWORK,
    "http://10.0.0.8/": OWN_NETWORK,
    "http://192.168.1.1/": OWN_NETWORK,
    "http://169.254.169.254/latest/": OWN_NETWORK,
    "http://[::1]/": OWN_NETWORK,
    "http://[fd00::1]/": OWN_NETWORK,
    "http://[::ffff:10.0.0.1]/": OWN_NETWORK,
    "http://ejemplo..org/": OWN_NETWORK,
}


@pytest.mark.parametrize("typed", REFUSED)
def test_refused_with_what_to_write(typed):
    with pytest.raises(ValidationError, match=REFUSED[typed]):
        public_address(typed)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" https://ejemplo.org ", "https://ejemplo.org/"),
        ("HTTPS://Ejemplo.ORG/Política?a=1&b=2#Firma", "https://ejemplo.org/Política?a=1&b=2#Firma"),
        ("http://www.gob.mx:8080/stps", "http://www.gob.mx:8080/stps"),
        ("https://ñandú.mx/igualdad", "https://ñandú.mx/igualdad"),
        ("https://8.8.8.8/", "https://8.8.8.8/"),
    ],
)
def test_public_address_is_kept(typed, kept):
    assert public_address(typed) == kept


def test_what_is_hashed_says_page_and_day():
    content = content_of("https://ejemplo.org/a", dt.date(2026, 11, 3))
    assert content == b"# 2026-11-03\r\nhttps://ejemplo.org/a\r\n"
    assert name_of("https://ejemplo.org/igualdad/") == "ejemplo.org/igualdad"
