"""Somebody else, who writes between two statements of what is tested."""

import threading
from contextlib import contextmanager

from django.db import connection
from django.test import Client

A_WHILE = 0.5  # seconds: who does not wait is done by then
LOCKING = 'SELECT "certification_application"."version"'  # the statement of workflow.wait_for()


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


class Person:
    """Somebody in a browser of their own, who presses a button once."""

    def __init__(self, who, address, sent):
        self.client, self.address, self.sent, self.page = Client(), address, sent, None
        self.client.force_login(who)
        self.thread = threading.Thread(target=self.press)

    def press(self):
        try:
            self.page = self.client.post(self.address, self.sent, follow=True).text
        finally:
            connection.close()

    def start(self):
        """Press in another thread, and wait, or be done with it."""
        self.thread.start()
        self.thread.join(A_WHILE)

    def begin(self):
        """Press in another thread, and be found waiting."""
        self.start()
        assert self.thread.is_alive(), "it did not wait"

    def read(self):
        self.thread.join(30)
        return self.page
