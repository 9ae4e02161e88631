"""A paper for tests of what every paper has in common."""

import datetime as dt
import hashlib
import random
from dataclasses import replace

from certification.papers.render import AttachedData, Paper

# As heavy as a certificate: in a light paper most bytes would be the room for the signature, which nobody signs.
DATA = random.Random(25).randbytes(150_000)
PAPER = Paper(
    html='<html lang="es-MX"><title>Muestra</title><h1>Muestra</h1><p>Lo que dice el papel.</p></html>',
    style="certificado",
    identifier=hashlib.sha256(DATA).digest()[:16],
    data=AttachedData("datos.json", "Datos", DATA, dt.datetime(2026, 3, 16, 18, tzinfo=dt.UTC)),
)


def paper(**changes):
    return replace(PAPER, **changes)
