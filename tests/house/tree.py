"""The files of the project, as git would keep them, and small readers for them."""

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
ROOMS = ("config", "look", "audit", "accounts", "employers", "certification", "good_practices", "demonstration")


@cache
def tracked() -> tuple[str, ...]:
    """Paths of what is committed or would be: whatever is not ignored."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listing = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode()
    return tuple(sorted(path for path in listing.split("\0") if path and (ROOT / path).is_file()))


def files(suffix: str, *tops: str) -> list[str]:
    """Tracked files with the suffix, without migrations, under the folders named (all of them without a name)."""
    return [
        path
        for path in tracked()
        if path.endswith(suffix) and "/migrations/" not in path and (not tops or path.split("/")[0] in tops)
    ]


def read(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


@cache
def tree(path: str) -> ast.Module:
    return ast.parse(read(path))


def functions(path: str) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    return [node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def decorators(function: ast.FunctionDef | ast.AsyncFunctionDef) -> set[str]:
    """Names of a function's decorators, without what they are called with."""
    names = set()
    for decorator in function.decorator_list:
        node = decorator.func if isinstance(decorator, ast.Call) else decorator
        names.add(node.id if isinstance(node, ast.Name) else getattr(node, "attr", ""))
    return names
