"""House limits: what outgrows them is split by subject."""

import ast

from tests.house.tree import files, functions, read

FILE_LINES, TEST_FILE_LINES = 400, 300
FUNCTION_LINES = 30
VIEW_LINES = 25
TEMPLATE_LINES, FRAGMENT_LINES = 120, 60


def lines_of(path):
    return read(path).count("\n")


def length(function):
    """Lines of a function from its def to its last line: signature and docstring count, decorators do not."""
    return function.end_lineno - function.lineno + 1


def test_python_files():
    limit = {path: TEST_FILE_LINES if path.startswith("tests/") else FILE_LINES for path in files(".py")}
    long = [f"{path}: {lines_of(path)} of {limit[path]}" for path in limit if lines_of(path) > limit[path]]
    assert not long, "\n".join(long)


def test_functions():
    long = [
        f"{path}:{function.lineno} {function.name}: {length(function)}"
        for path in files(".py")
        for function in functions(path)
        if length(function) > (VIEW_LINES if "/views" in path and not function.name.startswith("_") else FUNCTION_LINES)
    ]
    assert not long, "\n".join(long)


def test_templates():
    long = []
    for path in files(".html", "templates"):
        limit = FRAGMENT_LINES if path.rsplit("/", 1)[1].startswith("_") else TEMPLATE_LINES
        if lines_of(path) > limit:
            long.append(f"{path}: {lines_of(path)} of {limit}")
    assert not long, "\n".join(long)


def test_length_counts_the_docstring():
    function = ast.parse('@cache\ndef f():\n    """One.\n\n    Two.\n    """\n    return 1\n').body[0]
    assert length(function) == 6
