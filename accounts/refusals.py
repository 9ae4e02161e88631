"""The one way in which an action says no to the person who asked for it."""


class ActionRefused(Exception):
    """An action was refused and nothing changed. The text is a sentence for the person, in their words."""
