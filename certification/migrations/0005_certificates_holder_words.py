import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("certification", "0004_submission_triggers")]

    operations = [
        migrations.CreateModel(
            name="HolderWord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("word", models.BinaryField()),
                (
                    "certificate",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="holder_words",
                        to="certification.certificate",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=("certificate", "word"), name="holder_word_of")],
                "constraints": [models.UniqueConstraint(fields=("word", "certificate"), name="holder_word_once")],
            },
        ),
        migrations.RemoveIndex(model_name="certificate", name="certificate_holder"),
    ]
