"""A manager interface that misbehaves, in the place of Asterisk's: what the real one won't do on demand."""

import contextlib
import socket
import threading

GREETING = b"Asterisk Call Manager/11.0.0\r\n"
ALLOWED = ("Originate", "Hangup", "DeviceStateList", "ExtensionStateList", "Status")


class FakeAMI:
    """Listens on a free port of 127.0.0.1, `port`, and serves by `manner`, which may be changed at any time:

    good, other-service, silent, wrong-secret, no-originate, no-events, hangs (in the middle of an answer, after the
    snapshot), half-line (then closes), garbage, endless (10 MB without a line end), deaf (takes orders, never answers).
    """

    def __init__(self, manner="good", devices=None):
        self.manner, self.devices = manner, devices or {"PJSIP/1001": "NOT_INUSE", "PJSIP/1002": "INUSE"}
        self.connections, self.actions, self._open = 0, [], []
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port = self._server.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def become(self, manner):
        """Changes its ways and ends the connections that there are."""
        self.manner = manner
        for connection in self._open:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        self._open.clear()

    def stop(self):
        self.become("silent")
        self._server.close()

    def _accept(self):
        while True:
            try:
                connection, _ = self._server.accept()
            except OSError:
                return
            self.connections += 1
            self._open.append(connection)
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection):
        with contextlib.suppress(OSError), connection:
            if self.manner == "other-service":
                connection.sendall(b"SSH-2.0-OpenSSH_9.2p1\r\n")
            elif self.manner == "endless":
                connection.sendall(GREETING + b"Event: ")
                for _ in range(160):
                    connection.sendall(b"x" * 65536)
            elif self.manner != "silent":
                connection.sendall(GREETING)
            buffer = b""
            while some := connection.recv(65536):
                buffer += some
                while b"\r\n\r\n" in buffer:
                    block, buffer = buffer.split(b"\r\n\r\n", 1)
                    lines = [line.partition(": ") for line in block.decode().split("\r\n")]
                    self._answer(connection, {name: value for name, _, value in lines})

    def _answer(self, connection, action):
        self.actions.append(action)
        name, identifier = action["Action"], action["ActionID"]

        def say(*blocks):
            connection.sendall(b"".join(f"{block}\r\nActionID: {identifier}\r\n\r\n".encode() for block in blocks))

        def say_list(*events):
            say("Response: Success\r\nEventList: start", *events, f"Event: {name}Complete\r\nEventList: Complete")

        if self.manner == "silent":
            return
        if name == "Challenge":
            say("Response: Success\r\nChallenge: 4711")
        elif name == "Login" and self.manner == "wrong-secret":
            say("Response: Error\r\nMessage: Authentication failed")
            connection.shutdown(socket.SHUT_RDWR)
        elif name == "ListCommands":
            allowed = [one for one in ALLOWED if (self.manner, one) != ("no-originate", "Originate")]
            say("\r\n".join(["Response: Success", *(f"{one}: what it does (Priv: call)" for one in allowed)]))
        elif name == "Originate" and "Application" in action:
            say("Response: Success\r\nMessage: Originate successfully queued")
            if self.manner != "no-events":
                say("Event: OriginateResponse\r\nResponse: Failure\r\nReason: 0")
        elif name == "Originate" and self.manner == "deaf":
            pass
        elif name == "DeviceStateList":
            events = [f"Event: DeviceStateChange\r\nDevice: {one}\r\nState: {state}" for one, state in self.devices.items()]
            if self.manner == "hangs":
                connection.sendall(f"Response: Success\r\nActionID: {identifier}\r\nEventLi".encode())
            elif self.manner == "half-line":
                connection.sendall(b"Response: Succ")
                connection.shutdown(socket.SHUT_RDWR)
            elif self.manner == "garbage":
                connection.sendall(bytes(range(256)) * 20)
            else:
                say_list(*events)
        elif name == "Status":
            say_list()
        else:
            say("Response: Success")

    def tell(self, text):
        """Sends these bytes on the newest connection."""
        self._open[-1].sendall(text.encode())
