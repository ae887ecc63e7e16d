"""A real Asterisk 22 with phones 1001 to 1003: one process, in the folder that .ci/asterisk makes.

Every instance has its own configuration and ports, so that test runs and their workers don't meet.
"""

import os
import pathlib
import platform
import shutil
import socket
import subprocess

from .ports import ASTERISK, place
from .server import ROOT
from .waiting import until

USER, SECRET = "portal", "a-secret-of-the-tests"
# Users that lack the right to place calls, and to hear of them.
WEAK, DEAF = "weak", "deaf"
# The number behind which the phone is that refuses; +16195550300 and on hang up with the cause in their last two digits.
REFUSER = "+16195550200"
FIRST_PORT = place(ASTERISK)


def folder():
    """Where .ci/asterisk puts Debian's Asterisk."""
    return pathlib.Path(subprocess.run([ROOT / ".ci/asterisk", "path"], capture_output=True, text=True).stdout.strip())


def why_not():
    """Why there is no Asterisk to test with, or None."""
    if os.geteuid() != 0:
        return "Asterisk runs in a chroot here, and that needs root"
    if not (folder() / "patchbay-ready").exists():
        return "there is no Asterisk; .ci/setup test makes its folder with debootstrap"
    if not shutil.which("baresip"):
        return "baresip isn't installed; .ci/setup test does it"
    return None


class Asterisk:
    """One PBX. `start()`, `kill()` and `stop()` may follow each other; what phones have registered survives."""

    def __init__(self, name, first_port=FIRST_PORT):
        self.root, self.inside = folder(), f"/srv/{name}-{os.getpid()}"
        self.home = self.root / self.inside.lstrip("/")
        self.ami, self.amis, self.refusing, self.sip, self.rtp = (first_port + more for more in (38, 39, 50, 60, 100))
        self.process = None
        for part in ("etc", "run", "db", "log", "spool"):
            (self.home / part).mkdir(parents=True, exist_ok=True)
        modules = f"/usr/lib/{platform.machine()}-linux-gnu/asterisk/modules"
        self._write("asterisk.conf", _MAIN.format(home=self.inside, modules=modules))
        for file, text in _FILES.items():
            self._write(file, text.format(
                home=self.inside, ami=self.ami, amis=self.amis, sip=self.sip, rtp=self.rtp, last=self.rtp + 39,
                user=USER, secret=SECRET, weak=WEAK, deaf=DEAF, refusing=self.refusing, refuser=REFUSER))
        self.certificate = self.home / "etc/cert.pem"
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=pbx.example",
             "-addext", "subjectAltName=DNS:pbx.example", "-keyout", self.home / "etc/key.pem", "-out",
             self.certificate], check=True, capture_output=True)
        with open(self.certificate, "a") as both:
            both.write((self.home / "etc/key.pem").read_text())

    def _write(self, name, text):
        (self.home / "etc" / name).write_text(text)

    def start(self, seconds=60):
        until(lambda: not listens(self.ami), 20, "the port of AMI being free")
        with open(self.home / "console.log", "ab") as log:
            self.process = subprocess.Popen(
                ["chroot", self.root, "asterisk", "-f", "-C", f"{self.inside}/etc/asterisk.conf"], stdout=log,
                stderr=log, stdin=subprocess.DEVNULL)
        until(lambda: "fully booted" in self.command("core waitfullybooted"), seconds, "Asterisk being booted", every=0.1)
        return self

    def kill(self):
        """kill -9."""
        self.process.kill()
        self.process.wait()

    def stop(self):
        if self.process is not None and self.process.poll() is None:
            self.command("core stop now")
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.kill()

    def remove(self):
        """Stops it and takes its files away."""
        self.stop()
        shutil.rmtree(self.home, ignore_errors=True)

    def command(self, line):
        """Runs a command on its console; gives what it says, empty when it isn't running."""
        done = subprocess.run(
            ["chroot", self.root, "asterisk", "-C", f"{self.inside}/etc/asterisk.conf", "-rx", line],
            capture_output=True, text=True, timeout=60)
        return done.stdout if done.returncode == 0 else ""

    def is_registered(self, extension):
        return f"{extension}/sip:" in self.command("pjsip show contacts")

    def channels(self):
        """The names of the channels that there are."""
        lines = self.command("core show channels concise").splitlines()
        return [line.split("!")[0] for line in lines if "!" in line]

    def packets(self):
        """{channel: (packets received, packets sent)} of RTP, by Asterisk's own count."""
        counts = {}
        for line in self.command("pjsip show channelstats").splitlines():
            words = line.split()
            # "BridgeId ChannelId UpTime Codec. Count Lost Pct Jitter Count Lost Pct Jitter RTT"
            codec = next((place for place, word in enumerate(words) if word in ("ulaw", "alaw")), None)
            if codec and len(words) > codec + 5:
                counts[words[codec - 2]] = (_count(words[codec + 1]), _count(words[codec + 5]))
        return counts


def _count(word):
    return int(word.rstrip("KM")) * {"K": 1000, "M": 1_000_000}.get(word[-1], 1)


def listens(port):
    """Whether somebody listens on that port of 127.0.0.1."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


_MAIN = """
[directories]
astetcdir => {home}/etc
astmoddir => {modules}
astvarlibdir => /var/lib/asterisk
astdbdir => {home}/db
astkeydir => {home}/db
astdatadir => /usr/share/asterisk
astagidir => /usr/share/asterisk/agi-bin
astspooldir => {home}/spool
astrundir => {home}/run
astlogdir => {home}/log
"""

_FILES = {
    "modules.conf": """
[modules]
autoload = yes
noload = chan_iax2.so
noload = chan_unistim.so
noload = chan_mgcp.so
noload = chan_skinny.so
noload = chan_sip.so
noload = res_parking.so
noload = cdr_csv.so
noload = cel_manager.so
noload = pbx_ael.so
noload = pbx_lua.so
noload = pbx_dundi.so
noload = res_pjsip_publish_asterisk.so
noload = res_hep.so
noload = res_hep_pjsip.so
noload = res_hep_rtcp.so
noload = app_voicemail.so
noload = app_queue.so
noload = res_phoneprov.so
""",
    "logger.conf": """
[general]
dateformat = %F %T.%3q
[logfiles]
full => notice,warning,error,verbose
""",
    "rtp.conf": """
[general]
rtpstart = {rtp}
rtpend = {last}
""",
    "indications.conf": """
[general]
country = us
[us]
description = US
ringcadence = 2000,4000
dial = 350+440
busy = 480+620/500,0/500
ring = 440+480/2000,0/4000
congestion = 480+620/250,0/250
""",
    # The user "portal" has what the plugin's README asks for, and no more.
    "manager.conf": """
[general]
enabled = yes
bindaddr = 127.0.0.1
port = {ami}
tlsenable = yes
tlsbindaddr = 127.0.0.1:{amis}
tlscertfile = {home}/etc/cert.pem
[{user}]
secret = {secret}
deny = 0.0.0.0/0.0.0.0
permit = 127.0.0.1/255.255.255.255
read = call
write = call,originate
[{weak}]
secret = {secret}
read = call
write = call
[{deaf}]
secret = {secret}
write = call,originate
""",
    "extensions.conf": """
[general]
static = yes
writeprotect = yes
[harbor]
exten => 1001,hint,PJSIP/1001
exten => 1002,hint,PJSIP/1002
exten => 1003,hint,PJSIP/1003
exten => _100[1-3],1,Dial(PJSIP/${{EXTEN}},20)
 same => n,Hangup(${{HANGUPCAUSE}})
exten => {refuser},1,Dial(PJSIP/refuser,20)
 same => n,Hangup(${{HANGUPCAUSE}})
exten => _+16195550[3-4]XX,1,Hangup(${{EXTEN:-2}})
exten => _+X.,1,Dial(PJSIP/1002,20)
 same => n,Hangup(${{HANGUPCAUSE}})
""",
    "pjsip.conf": """
[global]
type = global
[udp]
type = transport
protocol = udp
bind = 127.0.0.1:{sip}
[phone](!)
type = endpoint
context = harbor
disallow = all
allow = ulaw,alaw
direct_media = no
media_address = 127.0.0.1
bind_rtp_to_media_address = yes
[login](!)
type = auth
auth_type = userpass
[refuser](phone)
aors = refuser
[refuser]
type = aor
contact = sip:refuser@127.0.0.1:{refusing}
[place](!)
type = aor
max_contacts = 1
remove_existing = yes
qualify_frequency = 0
""" + "".join(f"""
[{number}](phone)
auth = {number}
aors = {number}
callerid = "{name}" <{number}>
[{number}](login)
username = {number}
password = pw{number}
[{number}](place)
""" for number, name in (("1001", "Ann Whitfield"), ("1002", "Ben Okafor"), ("1003", "Cleo Marchetti"))),
}
