"""How papers write dates and fingerprints."""

DAY, MONTH = r"j \d\e F \d\e Y", r"F \d\e Y"  # Spanish, for Django's date filter; followed by «lower»


def in_groups(digest: str) -> str:
    """A SHA-256 in groups of eight, so that two can be compared by eye."""
    return " ".join(digest[i : i + 8] for i in range(0, len(digest), 8))
