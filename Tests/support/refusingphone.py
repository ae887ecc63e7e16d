"""A SIP phone that refuses every call with a status of the test's choice (RFC 3261 §13.3.1), over UDP on loopback."""

import re
import socket
import threading


class RefusingPhone:
    """Answers INVITE with `status`, such as "603 Decline", and everything else with 200."""

    def __init__(self, port):
        self.status = "603 Decline"
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", port))
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def stop(self):
        # A datagram without a request wakes the thread.
        self._socket.sendto(b"", self._socket.getsockname())
        self._thread.join(5)
        self._socket.close()

    def _serve(self):
        while True:
            datagram, sender = self._socket.recvfrom(65536)
            if not datagram:
                return
            method = datagram.split(b" ", 1)[0].decode()
            if method == "ACK":
                continue
            status = self.status if method == "INVITE" else "200 OK"
            self._socket.sendto(_answer(datagram.decode(errors="replace"), status), sender)


def _answer(request, status):
    """The response to a request: its Via, From, To, Call-ID and CSeq come back, To with a tag of ours."""
    names = "Via|v|From|f|To|t|Call-ID|i|CSeq"
    lines = [line for line in request.split("\r\n") if re.match(f"({names})\\s*:", line, re.IGNORECASE)]
    lines = [f"{line};tag=refusing" if re.match(r"(To|t)\s*:", line) and "tag=" not in line else line for line in lines]
    return "\r\n".join([f"SIP/2.0 {status}", *lines, "Content-Length: 0", "", ""]).encode()
