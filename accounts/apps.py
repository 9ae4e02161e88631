from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "Personas y funciones"

    def ready(self) -> None:
        from accounts import kept_posts, second_factor  # noqa: F401 - they listen to logging in
