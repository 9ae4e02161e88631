"""Who signed a declaration, by name and post. What was sent before has neither; nothing new is sent without.

The two columns make the table anew on SQLite, so its triggers are dropped before and put back after.
"""

from importlib import import_module
from typing import Any

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

permanent = import_module("certification.migrations.0004_submission_triggers")

TABLE = permanent.TABLE
SENTENCE = "applications: who signs a declaration gives name and post"
UNNAMED = "TRIM(NEW.signer_name) = '' OR TRIM(NEW.signer_charge) = ''"

RAISE = f"BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END"

SQLITE = (f"CREATE TRIGGER {TABLE}_named BEFORE INSERT ON {TABLE} WHEN {UNNAMED} {RAISE}",)
SQLITE_BACK = (f"DROP TRIGGER {TABLE}_named",)

POSTGRESQL = (
    f"""CREATE FUNCTION certification_refuse_unnamed() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION '{SENTENCE}' USING ERRCODE = 'integrity_constraint_violation'; END $$""",
    f"""CREATE TRIGGER {TABLE}_named BEFORE INSERT ON {TABLE} FOR EACH ROW WHEN ({UNNAMED})
        EXECUTE FUNCTION certification_refuse_unnamed()""",
)
POSTGRESQL_BACK = (f"DROP TRIGGER {TABLE}_named ON {TABLE}", "DROP FUNCTION certification_refuse_unnamed()")


def require_names(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def stop_requiring(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in POSTGRESQL_BACK if schema_editor.connection.vendor == "postgresql" else SQLITE_BACK:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("certification", "0017_saved_step")]

    operations = [
        migrations.RunPython(permanent.drop_triggers, permanent.add_triggers),
        migrations.AddField("submission", "signer_name", models.CharField(default="", max_length=150)),
        migrations.AddField("submission", "signer_charge", models.CharField(default="", max_length=150)),
        migrations.RunPython(permanent.add_triggers, permanent.drop_triggers),
        migrations.RunPython(require_names, stop_requiring),
    ]
