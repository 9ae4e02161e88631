from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "Personas y funciones"

    def ready(self) -> None:
        from accounts import second_factor  # noqa: F401 - listens to allauth
