"""Texts for new versions of standards, and offers to move. What was decided of a text stays: triggers see to it."""

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLE = "certification_standarddraft"
SENTENCE = "amendments: a text that was published or refused is permanent"
DECIDED = "OLD.state IN ('published', 'refused')"
RAISE = f"BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END"

SQLITE = (
    f"CREATE TRIGGER {TABLE}_no_change BEFORE UPDATE ON {TABLE} WHEN {DECIDED} {RAISE}",
    f"CREATE TRIGGER {TABLE}_no_delete BEFORE DELETE ON {TABLE} WHEN {DECIDED} {RAISE}",
)
SQLITE_BACK = (f"DROP TRIGGER {TABLE}_no_change", f"DROP TRIGGER {TABLE}_no_delete")

POSTGRESQL = (
    f"""CREATE FUNCTION certification_refuse_draft() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION '{SENTENCE}' USING ERRCODE = 'integrity_constraint_violation'; END $$""",
    f"""CREATE TRIGGER {TABLE}_no_change BEFORE UPDATE OR DELETE ON {TABLE} FOR EACH ROW
        WHEN ({DECIDED}) EXECUTE FUNCTION certification_refuse_draft()""",
)
POSTGRESQL_BACK = (f"DROP TRIGGER {TABLE}_no_change ON {TABLE}", "DROP FUNCTION certification_refuse_draft()")


def add_triggers(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def drop_triggers(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in POSTGRESQL_BACK if schema_editor.connection.vendor == "postgresql" else SQLITE_BACK:
        schema_editor.execute(statement)


class Migration(migrations.Migration):

    dependencies = [
        ('certification', '0012_item_owners'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='MigrationOffer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('note', models.TextField(blank=True, verbose_name='nota para las empresas')),
                ('offered_at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('offered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='offers_from', to='certification.standard')),
                ('target', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='offers_to', to='certification.standard')),
                ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('-pk',),
            },
        ),
        migrations.CreateModel(
            name='MigrationChoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('choice', models.CharField(choices=[('moved', 'Pasó a la versión nueva'), ('kept', 'Se quedó en su versión'), ('returned', 'Volvió a la versión anterior')], max_length=8)),
                ('said', models.JSONField(null=True)),
                ('made_at', models.DateTimeField()),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='migration_choices', to='certification.application')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('offer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='choices', to='certification.migrationoffer')),
            ],
            options={
                'ordering': ('pk',),
            },
        ),
        migrations.CreateModel(
            name='StandardDraft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField()),
                ('file_name', models.CharField(max_length=255)),
                ('code', models.CharField(blank=True, max_length=40)),
                ('standard_version', models.CharField(blank=True, max_length=20)),
                ('title', models.CharField(blank=True, max_length=250)),
                ('fingerprint', models.CharField(blank=True, max_length=64)),
                ('faults', models.JSONField(default=list)),
                ('warnings', models.JSONField(default=list)),
                ('state', models.CharField(choices=[('draft', 'En preparación'), ('proposed', 'Propuesta: espera a otra persona de gestión'), ('published', 'Publicada'), ('refused', 'No se publicó')], default='draft', max_length=9)),
                ('version', models.PositiveIntegerField(default=0)),
                ('uploaded_at', models.DateTimeField()),
                ('trial_state', models.CharField(blank=True, choices=[('', 'Sin correr'), ('waiting', 'En curso'), ('done', 'Terminada'), ('failed', 'No terminó')], default='', max_length=7)),
                ('trial', models.JSONField(null=True)),
                ('trial_at', models.DateTimeField(null=True)),
                ('reason', models.TextField(blank=True, verbose_name='por qué se cambia la norma')),
                ('proposed_at', models.DateTimeField(null=True)),
                ('answer', models.TextField(blank=True, verbose_name='razón')),
                ('decided_at', models.DateTimeField(null=True)),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('proposed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('standard', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='draft', to='certification.standard')),
                ('uploaded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('-uploaded_at', '-pk'),
            },
        ),
        migrations.AddConstraint(
            model_name='migrationoffer',
            constraint=models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('source',), name='one_offer_a_version'),
        ),
        migrations.AddConstraint(
            model_name='migrationoffer',
            constraint=models.CheckConstraint(condition=models.Q(('source', models.F('target')), _negated=True), name='offer_of_another_version'),
        ),
        migrations.AddConstraint(
            model_name='migrationoffer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at', None), ('withdrawn_by', None)), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False)), _connector='OR'), name='offer_withdrawn_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='migrationchoice',
            constraint=models.CheckConstraint(condition=models.Q(('choice__in', ['moved', 'kept', 'returned'])), name='migration_choice_known'),
        ),
        migrations.AddConstraint(
            model_name='migrationchoice',
            constraint=models.CheckConstraint(condition=models.Q(('choice', 'kept'), ('said__isnull', False), _connector='OR'), name='migration_keeps_what_was_said'),
        ),
        migrations.AddConstraint(
            model_name='standarddraft',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('proposed_at', None), ('proposed_by', None), ('reason', ''), ('state', 'draft'), ('answer', ''), ('decided_at', None), ('decided_by', None), ('standard', None)), models.Q(('state', 'proposed'), ('proposed_at__isnull', False), ('proposed_by__isnull', False), models.Q(('reason', ''), _negated=True), models.Q(('fingerprint', ''), _negated=True), ('answer', ''), ('decided_at', None), ('decided_by', None), ('standard', None)), models.Q(('standard__isnull', False), ('state', 'published'), ('proposed_at__isnull', False), ('proposed_by__isnull', False), models.Q(('reason', ''), _negated=True), models.Q(('fingerprint', ''), _negated=True), ('decided_at__isnull', False), ('decided_by__isnull', False)), models.Q(('standard', None), ('state', 'refused'), ('proposed_at__isnull', False), ('proposed_by__isnull', False), models.Q(('reason', ''), _negated=True), models.Q(('fingerprint', ''), _negated=True), ('decided_at__isnull', False), ('decided_by__isnull', False), models.Q(('answer', ''), _negated=True)), _connector='OR'), name='draft_state_is_whole'),
        ),
        migrations.AddConstraint(
            model_name='standarddraft',
            constraint=models.CheckConstraint(condition=models.Q(('trial_state__in', ['', 'waiting', 'done', 'failed'])), name='draft_trial_known'),
        ),
        migrations.AddConstraint(
            model_name='standarddraft',
            constraint=models.CheckConstraint(condition=models.Q(('decided_by', None), models.Q(('decided_by', models.F('proposed_by')), _negated=True), _connector='OR'), name='draft_needs_a_second_manager'),
        ),
        migrations.RunPython(add_triggers, drop_triggers),
    ]
