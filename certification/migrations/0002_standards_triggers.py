"""What is published stays: only whether a standard is in force may change, and no row goes away."""

from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLE = "certification_standard"
SENTENCE = "standards: a published standard is permanent"
FROZEN = ("id", "code", "slug", "version", "title", "kind", "fingerprint", "content", "published_at", "published_by_id")

SQLITE_CHANGED = " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in FROZEN)
POSTGRESQL_CHANGED = " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in FROZEN)
RAISE = f"BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END"

SQLITE = (
    f"CREATE TRIGGER {TABLE}_no_change BEFORE UPDATE ON {TABLE} WHEN {SQLITE_CHANGED} {RAISE}",
    f"CREATE TRIGGER {TABLE}_no_delete BEFORE DELETE ON {TABLE} {RAISE}",
)
SQLITE_BACK = (f"DROP TRIGGER {TABLE}_no_change", f"DROP TRIGGER {TABLE}_no_delete")

POSTGRESQL = (
    f"""CREATE FUNCTION certification_refuse_standard() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION '{SENTENCE}' USING ERRCODE = 'integrity_constraint_violation'; END $$""",
    f"""CREATE TRIGGER {TABLE}_no_change BEFORE UPDATE ON {TABLE} FOR EACH ROW
        WHEN ({POSTGRESQL_CHANGED}) EXECUTE FUNCTION certification_refuse_standard()""",
    f"""CREATE TRIGGER {TABLE}_no_delete BEFORE DELETE ON {TABLE} FOR EACH ROW
        EXECUTE FUNCTION certification_refuse_standard()""",
    f"""CREATE TRIGGER {TABLE}_no_truncate BEFORE TRUNCATE ON {TABLE} FOR EACH STATEMENT
        EXECUTE FUNCTION certification_refuse_standard()""",
)
POSTGRESQL_BACK = (
    f"DROP TRIGGER {TABLE}_no_change ON {TABLE}",
    f"DROP TRIGGER {TABLE}_no_delete ON {TABLE}",
    f"DROP TRIGGER {TABLE}_no_truncate ON {TABLE}",
    "DROP FUNCTION certification_refuse_standard()",
)


def add_triggers(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def drop_triggers(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in POSTGRESQL_BACK if schema_editor.connection.vendor == "postgresql" else SQLITE_BACK:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("certification", "0001_initial")]

    operations = [migrations.RunPython(add_triggers, drop_triggers)]
