"""PostgreSQL learns which tokens are common, so that it looks rare ones up instead of walking all from the newest."""

from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLE = "good_practices_entrytokens"


def set_statistics(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    _set(schema_editor, 2_000)  # ten times as many tokens are kept: all but those of a handful of practices


def reset_statistics(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    _set(schema_editor, -1)


def _set(schema_editor: BaseDatabaseSchemaEditor, target: int) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"ALTER TABLE {TABLE} ALTER COLUMN vector SET STATISTICS {target}")


class Migration(migrations.Migration):
    dependencies = [("good_practices", "0003_search_index")]

    operations = [migrations.RunPython(set_statistics, reset_statistics)]
