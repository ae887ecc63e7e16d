"""A mail server that misbehaves: what a real one won't do on demand."""

import contextlib
import socket
import threading

GREETING = b"220 mail.example ESMTP\r\n"


class HostileMail:
    """Listens on a free port of 127.0.0.1 and serves by `manner`:

    silent, other-service, half-line (then closes), garbage, endless (10 MB without a line end), many-lines (an answer
    that never ends), no-starttls, injected (an answer in the clear behind the agreement to STARTTLS), no-tls (agrees to
    STARTTLS and goes on in the clear), hangs (after the agreement).
    """

    def __init__(self, manner):
        self.manner, self.connections, self.heard = manner, 0, []
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port = self._server.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def stop(self):
        self._server.close()

    def _accept(self):
        while True:
            try:
                connection, _ = self._server.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection):
        with contextlib.suppress(OSError), connection:
            first = {
                "silent": b"", "other-service": b"SSH-2.0-OpenSSH_9.2p1\r\n", "half-line": b"220 mail.exam",
                "garbage": bytes(range(256)) * 20,
            }.get(self.manner, GREETING)
            connection.sendall(first)
            if self.manner == "half-line":
                return
            if self.manner == "endless":
                for _ in range(160):
                    connection.sendall(b"2" * 65536)
            if self.manner == "many-lines":
                while True:
                    connection.sendall(b"250-more\r\n" * 1000)
            lines = connection.makefile("rb")
            while line := lines.readline():
                self.heard.append(line)
                self._answer(connection, line.split()[0].upper() if line.split() else b"")

    def _answer(self, connection, word):
        if word == b"EHLO" and self.manner == "no-starttls":
            connection.sendall(b"250-mail.example\r\n250 AUTH PLAIN LOGIN\r\n")
        elif word == b"EHLO":
            connection.sendall(b"250-mail.example\r\n250 STARTTLS\r\n")
        elif word == b"STARTTLS":
            more = {"injected": b"250-mail.example\r\n250 AUTH PLAIN\r\n", "no-tls": b"", "hangs": b""}
            connection.sendall(b"220 go ahead\r\n" + more.get(self.manner, b""))
        elif self.manner != "hangs":
            connection.sendall(b"250 in the clear\r\n")
