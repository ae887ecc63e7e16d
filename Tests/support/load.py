"""Chat and SMS load from threads that never lose count: what they sent, what was answered, what they had to repeat."""

import itertools
import random
import threading
import time

from .api import Unanswered
from .installation import MARK

_turn = itertools.count(1)


class Writer:
    """One person who writes into one conversation, message after message, each until it is answered.

    A message whose connection ended is sent again with the same client id: the answer then tells that it is stored,
    whichever of the two it was.
    """

    def __init__(self, client, conversation, kind, pause=0.0, seed=0):
        self.client, self.conversation, self.kind, self.pause = client, conversation, kind, pause
        self.name = f"w{next(_turn)}"
        self.answered, self.repeated, self.refusals = {}, 0, []
        self.attempted = []
        self._random, self._stopping = random.Random(seed), threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def stop(self):
        """No new message; waits for the answer to the last."""
        self._stopping.set()

    def join(self, seconds=60):
        self._thread.join(seconds)
        assert not self._thread.is_alive(), f"{self.name} still waits for an answer"

    def _run(self):
        for turn in itertools.count(1):
            if self._stopping.is_set():
                return
            client_id = f"{self.name}-{turn}"
            self.attempted.append(client_id)
            while True:
                try:
                    answer = self.client.send(self.conversation, f"{MARK} {client_id}", client_id)
                except Unanswered:
                    self.repeated += 1
                    if self._stopping.wait(0.02) and self.repeated > 2000:
                        return
                    continue
                if answer.status in (200, 201, 202):
                    self.answered[client_id] = answer.json()["message"]["id"]
                    break
                self.refusals.append((time.monotonic(), answer.status, answer.id))
                if self._stopping.is_set():
                    return
                time.sleep(0.05)
            if self.pause:
                time.sleep(self._random.uniform(0, 2 * self.pause))
