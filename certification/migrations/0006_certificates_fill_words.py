"""The words of the certificates that are there already; their folded names lose their punctuation."""

import re
import unicodedata
from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

WORD = re.compile(r"[^\W_]+")  # as models.fold stood when this was written
BATCH = 500


def words_of(name: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", name.casefold())
    return WORD.findall("".join(letter for letter in plain if not unicodedata.combining(letter)))


def fill_words(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    certificates = apps.get_model("certification", "Certificate").objects.only("holder", "holder_folded")
    words = apps.get_model("certification", "HolderWord").objects
    last = 0
    while rows := list(certificates.filter(pk__gt=last).order_by("pk")[:BATCH]):
        last = rows[-1].pk
        found = {row.pk: words_of(row.holder) for row in rows}
        for row in rows:
            row.holder_folded = " ".join(found[row.pk])
        certificates.bulk_update(rows, ["holder_folded"])
        words.bulk_create(
            words.model(certificate_id=key, word=word.encode()) for key, those in found.items() for word in set(those)
        )


class Migration(migrations.Migration):
    dependencies = [("certification", "0005_certificates_holder_words")]

    operations = [migrations.RunPython(fill_words, migrations.RunPython.noop)]
