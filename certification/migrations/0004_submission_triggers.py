"""What was sent stays as it was sent: no row of a submission changes or goes away."""

from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLE = "certification_submission"
SENTENCE = "applications: what was sent is permanent"
RAISE = f"BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END"
VERBS = ("update", "delete")

SQLITE = tuple(f"CREATE TRIGGER {TABLE}_no_{verb} BEFORE {verb} ON {TABLE} {RAISE}" for verb in VERBS)
SQLITE_BACK = tuple(f"DROP TRIGGER {TABLE}_no_{verb}" for verb in VERBS)

POSTGRESQL = (
    f"""CREATE FUNCTION certification_refuse_submission() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION '{SENTENCE}' USING ERRCODE = 'integrity_constraint_violation'; END $$""",
    f"""CREATE TRIGGER {TABLE}_no_change BEFORE UPDATE OR DELETE ON {TABLE} FOR EACH ROW
        EXECUTE FUNCTION certification_refuse_submission()""",
    f"""CREATE TRIGGER {TABLE}_no_truncate BEFORE TRUNCATE ON {TABLE} FOR EACH STATEMENT
        EXECUTE FUNCTION certification_refuse_submission()""",
)
POSTGRESQL_BACK = (
    f"DROP TRIGGER {TABLE}_no_change ON {TABLE}",
    f"DROP TRIGGER {TABLE}_no_truncate ON {TABLE}",
    "DROP FUNCTION certification_refuse_submission()",
)


def add_triggers(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def drop_triggers(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in POSTGRESQL_BACK if schema_editor.connection.vendor == "postgresql" else SQLITE_BACK:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("certification", "0003_evidence_indexes")]

    operations = [migrations.RunPython(add_triggers, drop_triggers)]
