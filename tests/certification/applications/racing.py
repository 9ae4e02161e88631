"""Somebody else, who writes between two statements of what is tested."""

from contextlib import contextmanager

from django.db import connection

LOCKING = '"certification_application"."version" = '  # in the statement of workflow.lock()


@contextmanager
def just_before(sign, happens):
    """Call ``happens`` once, before the first statement with ``sign`` in it."""
    waiting = [happens]

    def run(execute, sql, params, many, context):
        if waiting and sign in sql:
            waiting.pop()()
        return execute(sql, params, many, context)

    with connection.execute_wrapper(run):
        yield
    assert not waiting
