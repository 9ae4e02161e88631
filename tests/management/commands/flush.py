"""Empty the tables although triggers guard them, and put back what the migrations had written."""

from contextlib import contextmanager

from django.core.management.commands.flush import Command as FlushCommand
from django.db import connections

# Rows of the freshly migrated database, as JSON; tests/conftest.py fills it. Not kept on the connection: under
# Playwright's event loop Django gives the same thread another connection object.
MIGRATED_ROWS: list[str] = []


@contextmanager
def triggers_off(connection):
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
            yield
            cursor.execute("SET session_replication_role = DEFAULT")
            return
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = cursor.fetchall()
        for name, _ in triggers:
            cursor.execute(f'DROP TRIGGER "{name}"')
        yield
        for _, sql in triggers:
            cursor.execute(sql)


class Command(FlushCommand):
    def handle(self, **options):
        connection = connections[options["database"]]
        with triggers_off(connection):
            super().handle(**{**options, "inhibit_post_migrate": True, "allow_cascade": True})
            connection.creation.deserialize_db_from_string(MIGRATED_ROWS[0])
