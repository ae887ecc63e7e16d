"""A SIP phone without a screen: baresip, steered by its control port."""

import contextlib
import json
import math
import pathlib
import socket
import struct
import subprocess
import threading
import wave

from .waiting import until


class Phone:
    """One phone, registered at a PBX of loopback as `extension`. `events` are what baresip has told, oldest first."""

    def __init__(self, folder, extension, registrar_port, sip_port):
        self.folder, self.extension, self.control = pathlib.Path(folder), extension, sip_port + 5
        self.folder.mkdir(parents=True, exist_ok=True)
        self.events, self._answers, self._buffer = [], 0, b""
        tone = self.folder / "tone.wav"
        _write_tone(tone)
        (self.folder / "config").write_text(_CONFIG.format(
            sip=sip_port, first=sip_port + 10, last=sip_port + 29, control=self.control, tone=tone, name=extension))
        (self.folder / "accounts").write_text(
            f"<sip:{extension}@127.0.0.1:{registrar_port};transport=udp>;auth_user={extension};auth_pass=pw{extension}"
            ";answermode=manual;regint=60;audio_codecs=PCMU\n")
        (self.folder / "contacts").write_text("")

    def start(self):
        with open(self.folder / "out.log", "ab") as log:
            self.process = subprocess.Popen(
                ["baresip", "-4", "-f", self.folder, "-t", "900"], stdout=log, stderr=log, stdin=subprocess.DEVNULL)
        self._socket = until(self._connected, 10, "baresip's control port")
        threading.Thread(target=self._listen, daemon=True).start()
        return self

    def stop(self):
        """Ends it without a word to the PBX."""
        # We close first, so that it's not baresip's port which the kernel keeps for a while.
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self.process.kill()
        self.process.wait()

    def rings(self, seconds=10):
        """Waits for a call that comes in; gives its event."""
        return until(lambda: self._last("CALL_INCOMING"), seconds, f"phone {self.extension} ringing")

    def answer(self):
        self._say("accept")

    def hang_up(self):
        """Ends the call, or declines it while it rings."""
        self._say("hangup")

    def has(self, kind):
        """Whether the last call has come to this, such as CALL_ESTABLISHED or CALL_CLOSED."""
        return self._last(kind) is not None

    def forget(self):
        """Begins anew: what was told before doesn't count."""
        self.events.clear()

    def _last(self, kind):
        return next((event for event in reversed(self.events) if event.get("type") == kind), None)

    def _connected(self):
        try:
            return socket.create_connection(("127.0.0.1", self.control), timeout=2)
        except OSError:
            return None

    def _say(self, command, parameters=""):
        text = json.dumps({"command": command, "params": parameters, "token": "t"})
        self._socket.sendall(f"{len(text)}:{text},".encode())

    def _listen(self):
        self._socket.settimeout(None)
        while True:
            try:
                some = self._socket.recv(65536)
            except OSError:
                return
            if not some:
                return
            self._buffer += some
            while b":" in self._buffer:
                # A netstring: its length, a colon, the JSON, a comma.
                length, _, rest = self._buffer.partition(b":")
                if len(rest) <= int(length):
                    break
                self.events.append(json.loads(rest[: int(length)]))
                self._buffer = rest[int(length) + 1 :]


def _write_tone(path, seconds=120):
    """A tone that outlasts the test: baresip is silent after the end of its file."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        second = b"".join(struct.pack("<h", int(8000 * math.sin(2 * math.pi * 440 * at / 8000))) for at in range(8000))
        file.writeframes(second * seconds)


_CONFIG = """poll_method epoll
sip_listen 127.0.0.1:{sip}
call_local_timeout 60
call_max_calls 4
audio_player aubridge,nil{name}
audio_source aufile,{tone}
audio_alert aubridge,alert{name}
audio_level no
ausrc_srate 8000
auplay_srate 8000
ausrc_channels 1
auplay_channels 1
rtp_ports {first}-{last}
rtcp_mux no
dns_server 127.0.0.1:9
module_path /usr/lib/baresip/modules
module g711.so
module aufile.so
module aubridge.so
module_app account.so
module_app menu.so
module_app ctrl_tcp.so
ctrl_tcp_listen 127.0.0.1:{control}
"""
