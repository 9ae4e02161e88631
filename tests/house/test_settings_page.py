"""docs/settings.md tells every setting, and tells none that is not there."""

import ast
import re

from tests.house.tree import files, read, tree

READERS = {"text", "flag", "choice", "whole", "words", "site_url", "hosts", "database", "storage", "socket", "offload"}


def settings_in_code():
    names = set()
    for path in files(".py", "config"):
        for node in ast.walk(tree(path)):
            if not isinstance(node, ast.Call) or not node.args or not isinstance(node.args[0], ast.Constant):
                continue
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            value = node.args[0].value
            if called in READERS and isinstance(value, str) and value.isupper():
                names.add(value)
    return names


def test_every_setting_is_told():
    told = set(re.findall(r"^\| `([A-Z_]+)` \|", read("docs/settings.md"), re.MULTILINE))
    assert told == settings_in_code()
    assert {"DATABASE_URL", "SECRET_KEY", "DATABASE_POOL_SIZE"} <= told


def test_the_environment_is_read_in_one_place():
    own = {"config/env.py", "config/wsgi.py", "manage.py"}
    readers = [
        path
        for path in files(".py")
        if path.split("/")[0] not in {"tests", "bench"}
        and path not in own
        and re.search(r"os\.(environ|getenv)", read(path))
    ]
    assert readers == []
