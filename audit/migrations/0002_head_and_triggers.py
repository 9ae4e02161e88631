"""The head row of the chain, and the triggers that make events permanent.

PostgreSQL's TRUNCATE is refused too: it would empty the chain without firing the row triggers.
"""

from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

EVENT, HEAD = "audit_event", "audit_eventhead"
SENTENCE = "audit: events are permanent"

SQLITE = (
    (f"{EVENT}_no_update", f"BEFORE UPDATE ON {EVENT}"),
    (f"{EVENT}_no_delete", f"BEFORE DELETE ON {EVENT}"),
    (f"{HEAD}_no_delete", f"BEFORE DELETE ON {HEAD}"),
    (f"{HEAD}_only_one", f"BEFORE INSERT ON {HEAD} WHEN EXISTS (SELECT 1 FROM {HEAD})"),
    (f"{HEAD}_only_forward", f"BEFORE UPDATE ON {HEAD} WHEN NEW.id <> OLD.id OR NEW.count <> OLD.count + 1"),
)

POSTGRESQL = (
    f"""CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION '{SENTENCE}' USING ERRCODE = 'integrity_constraint_violation'; END $$""",
    f"""CREATE FUNCTION audit_one_head() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN
            IF EXISTS (SELECT 1 FROM {HEAD}) THEN
                RAISE EXCEPTION '{SENTENCE}' USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            RETURN NEW;
        END $$""",
    f"""CREATE TRIGGER {EVENT}_no_change BEFORE UPDATE OR DELETE ON {EVENT}
        FOR EACH ROW EXECUTE FUNCTION audit_refuse()""",
    f"""CREATE TRIGGER {EVENT}_no_truncate BEFORE TRUNCATE ON {EVENT}
        FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()""",
    f"CREATE TRIGGER {HEAD}_no_delete BEFORE DELETE ON {HEAD} FOR EACH ROW EXECUTE FUNCTION audit_refuse()",
    f"""CREATE TRIGGER {HEAD}_no_truncate BEFORE TRUNCATE ON {HEAD}
        FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()""",
    f"CREATE TRIGGER {HEAD}_only_one BEFORE INSERT ON {HEAD} FOR EACH ROW EXECUTE FUNCTION audit_one_head()",
    f"""CREATE TRIGGER {HEAD}_only_forward BEFORE UPDATE ON {HEAD} FOR EACH ROW
        WHEN (NEW.id <> OLD.id OR NEW.count <> OLD.count + 1) EXECUTE FUNCTION audit_refuse()""",
)

POSTGRESQL_BACK = (
    f"DROP TRIGGER {EVENT}_no_change ON {EVENT}",
    f"DROP TRIGGER {EVENT}_no_truncate ON {EVENT}",
    *(f"DROP TRIGGER {HEAD}_{name} ON {HEAD}" for name in ("no_delete", "no_truncate", "only_one", "only_forward")),
    "DROP FUNCTION audit_refuse()",
    "DROP FUNCTION audit_one_head()",
)


def add_head(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("audit", "EventHead").objects.get_or_create(pk=1)


def add_triggers(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        for statement in POSTGRESQL:
            schema_editor.execute(statement)
        return
    for name, when in SQLITE:
        schema_editor.execute(f"CREATE TRIGGER {name} {when} BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END")


def drop_triggers(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    postgresql = schema_editor.connection.vendor == "postgresql"
    for statement in POSTGRESQL_BACK if postgresql else (f"DROP TRIGGER {name}" for name, _when in SQLITE):
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [
        migrations.RunPython(add_head, migrations.RunPython.noop),
        migrations.RunPython(add_triggers, drop_triggers),
    ]
