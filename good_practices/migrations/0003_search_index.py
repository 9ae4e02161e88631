"""The index of tokens, in the words of each database."""

from django.db import migrations

from good_practices import search_postgresql, search_sqlite

BACKENDS = {"sqlite": search_sqlite, "postgresql": search_postgresql}


def create(apps, schema_editor):
    for statement in BACKENDS[schema_editor.connection.vendor].CREATE:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    for statement in BACKENDS[schema_editor.connection.vendor].DROP:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("good_practices", "0002_practices_search")]

    operations = [migrations.RunPython(create, drop)]
