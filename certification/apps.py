from django.apps import AppConfig


class CertificationConfig(AppConfig):
    name = "certification"
    verbose_name = "Certificación"

    def ready(self) -> None:
        from certification.applications import declaring
        from certification.applications.holding import document_held_by, held_by
        from certification.evidence import holds as document_holds
        from employers import holds

        holds.register(held_by)
        document_holds.register(document_held_by)
        declaring.chosen()  # a name that cannot be imported stops the start
