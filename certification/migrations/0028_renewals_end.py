import django.db.models.deletion
from django.db import migrations, models

ENDED = ("withdrawn", "declined")


def end(apps, schema_editor):
    """What was withdrawn or declined makes room for the next since now, and not only when the next one comes."""
    apps.get_model("certification", "Renewal").objects.filter(application__state__in=ENDED).update(is_current=False)


class Migration(migrations.Migration):
    dependencies = [("certification", "0027_masked_copies")]

    operations = [
        migrations.RemoveConstraint(model_name="renewal", name="renews_once"),
        migrations.AlterField(
            model_name="renewal",
            name="application",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="renewal_of", to="certification.application"
            ),
        ),
        migrations.RunPython(end, migrations.RunPython.noop, elidable=True),
    ]
