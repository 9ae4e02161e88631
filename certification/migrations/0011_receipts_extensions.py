"""How a sending was signed, its receipt, and more days to answer. Signatures and receipts never change or go away."""

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLES = ("certification_signature", "certification_receipt")
SENTENCE = "applications: signatures and receipts are permanent"
RAISE = f"BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END"
VERBS = ("update", "delete")

SQLITE = tuple(
    f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table} {RAISE}" for table in TABLES for verb in VERBS
)
SQLITE_BACK = tuple(f"DROP TRIGGER {table}_no_{verb}" for table in TABLES for verb in VERBS)

POSTGRESQL = (
    f"""CREATE FUNCTION certification_refuse_receipt() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION '{SENTENCE}' USING ERRCODE = 'integrity_constraint_violation'; END $$""",
    *(
        f"""CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW
        EXECUTE FUNCTION certification_refuse_receipt()"""
        for table in TABLES
    ),
    *(
        f"""CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT
        EXECUTE FUNCTION certification_refuse_receipt()"""
        for table in TABLES
    ),
)
POSTGRESQL_BACK = (
    *(f"DROP TRIGGER {table}_no_{verb} ON {table}" for table in TABLES for verb in ("change", "truncate")),
    "DROP FUNCTION certification_refuse_receipt()",
)


def add_triggers(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def drop_triggers(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in POSTGRESQL_BACK if schema_editor.connection.vendor == "postgresql" else SQLITE_BACK:
        schema_editor.execute(statement)


class Migration(migrations.Migration):

    dependencies = [
        ('certification', '0010_saved_from'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Extension',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('round', models.PositiveSmallIntegerField()),
                ('most', models.PositiveSmallIntegerField()),
                ('days', models.PositiveSmallIntegerField(verbose_name='días que pides')),
                ('reason', models.TextField(verbose_name='motivo')),
                ('due_before', models.DateField()),
                ('asked_at', models.DateTimeField()),
                ('outcome', models.CharField(choices=[('waiting', 'Por resolver'), ('granted', 'Concedida'), ('refused', 'No concedida')], default='waiting', max_length=7)),
                ('granted_days', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='días que concedes')),
                ('due_after', models.DateField(blank=True, null=True)),
                ('answer', models.TextField(blank=True, verbose_name='razón')),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='extensions', to='certification.application')),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('application', 'round'),
                'indexes': [models.Index(fields=['outcome', 'asked_at'], name='extension_waiting')],
                'constraints': [models.UniqueConstraint(fields=('application', 'round'), name='one_extension_a_round'), models.CheckConstraint(condition=models.Q(('days__gte', 1), ('days__lte', models.F('most')), models.Q(('reason', ''), _negated=True)), name='extension_asks_for_days'), models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('decided_at', None), ('decided_by', None), ('due_after', None), ('granted_days', None), ('outcome', 'waiting')), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False), models.Q(('answer', ''), _negated=True), models.Q(models.Q(('due_after__gt', models.F('due_before')), ('granted_days__gte', 1), ('granted_days__lte', models.F('most')), ('outcome', 'granted')), models.Q(('due_after', None), ('granted_days', None), ('outcome', 'refused')), _connector='OR')), _connector='OR'), name='extension_is_answered_whole'), models.CheckConstraint(condition=models.Q(('decided_by', None), models.Q(('decided_by', models.F('asked_by')), _negated=True), _connector='OR'), name='extension_by_somebody_else')],
            },
        ),
        migrations.CreateModel(
            name='Receipt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('data', models.JSONField()),
                ('digest', models.CharField(max_length=64)),
                ('pdf', models.CharField(max_length=200)),
                ('pdf_sha256', models.CharField(max_length=64, unique=True)),
                ('issued_at', models.DateTimeField()),
                ('submission', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='receipt', to='certification.submission')),
            ],
            options={
                'ordering': ('submission',),
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('pdf', ''), _negated=True), models.Q(('pdf_sha256', ''), _negated=True), models.Q(('digest', ''), _negated=True)), name='receipt_has_file_and_hashes')],
            },
        ),
        migrations.CreateModel(
            name='Signature',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64)),
                ('method', models.CharField(max_length=20)),
                ('evidence', models.JSONField(default=dict)),
                ('signed_at', models.DateTimeField()),
                ('signed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('submission', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='signature', to='certification.submission')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('digest', ''), _negated=True), models.Q(('method', ''), _negated=True)), name='signature_says_what_and_how')],
            },
        ),
        migrations.RunPython(add_triggers, drop_triggers),
    ]
