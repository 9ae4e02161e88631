from django.apps import AppConfig


class CertificationConfig(AppConfig):
    name = "certification"
    verbose_name = "Certificación"

    def ready(self) -> None:
        from certification.applications import declaring
        from certification.applications.holding import held_by
        from employers import holds

        holds.register(held_by)
        declaring.chosen()  # a name that cannot be imported stops the start
