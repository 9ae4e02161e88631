from django.apps import AppConfig


class CertificationConfig(AppConfig):
    name = "certification"
    verbose_name = "Certificación"

    def ready(self) -> None:
        from certification.applications import declaring
        from certification.applications.following import use_newer_file
        from certification.applications.holding import document_held_by, document_needed_by, held_by
        from certification.applications.library.filters import LibraryFilter
        from certification.evidence import deleting, filters, following
        from certification.evidence import holds as document_holds
        from employers import holds

        holds.register(held_by)
        document_holds.register(document_held_by)
        deleting.register(document_needed_by)
        following.register(use_newer_file)
        filters.widen(LibraryFilter)
        declaring.chosen()  # a name that cannot be imported stops the start
