"""The portal as a process of its own: started, asked, killed, started again."""

import os
import pathlib
import signal
import sqlite3
import subprocess
import time

from .api import Client, Unanswered
from .ports import free_port
from .waiting import TooLate, until

ROOT = pathlib.Path(__file__).resolve().parents[2]
PASSWORD = "correct-horse-9"


def program():
    """The binary under test; PATCHBAY_PROGRAM names another one."""
    return pathlib.Path(os.environ.get("PATCHBAY_PROGRAM", ROOT / ".build/debug/patchbay"))


class Portal:
    """One server. `arguments` are those of the program; {port} in them is the port that it listens on."""

    def __init__(self, folder, arguments, environment=None, before_start=None):
        self.folder = pathlib.Path(folder)
        self.port = free_port()
        self.arguments = [str(argument).replace("{port}", str(self.port)) for argument in arguments]
        self.environment = {**os.environ, **(environment or {})}
        self.before_start = before_start
        self.log_path = self.folder / "patchbay.log"
        self.process = None
        self.clients = {}

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self):
        return self.process.pid

    def start(self, seconds=60, until_ready=True):
        """Starts the server and waits until it is ready; gives how long that took in seconds."""
        began = time.monotonic()
        with open(self.log_path, "ab") as log:
            # restore_signals=False: a file-size limit then is an error to the server, not its end.
            self.process = subprocess.Popen(
                [program(), *self.arguments], stdout=log, stderr=log, stdin=subprocess.DEVNULL, cwd=self.folder,
                env=self.environment, preexec_fn=self.before_start, restore_signals=False)
        if until_ready:
            try:
                until(self._is_ready_or_gone, seconds, "the server being ready", every=0.01)
            except TooLate as error:
                raise TooLate(f"{error}\n{self.log()[-3000:]}") from None
            assert self.process.poll() is None, f"the server ended at its start:\n{self.log()[-3000:]}"
        return time.monotonic() - began

    def _is_ready_or_gone(self):
        return self.process.poll() is not None or self.is_ready()

    def is_ready(self):
        try:
            return self.client(timeout=2).get("//readyz").status == 200
        except Unanswered:
            return False

    def is_running(self):
        return self.process is not None and self.process.poll() is None

    def signal(self, number):
        os.kill(self.process.pid, number)

    def kill(self):
        """kill -9: no chance to tidy up."""
        self.signal(signal.SIGKILL)
        self.process.wait()

    def terminate(self, seconds=30):
        """SIGTERM, then waits; gives the exit code."""
        if not self.is_running():
            return self.process.returncode if self.process else None
        self.signal(signal.SIGTERM)
        try:
            return self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.kill()
            raise TooLate(f"the server did not end within {seconds} s of SIGTERM:\n{self.log()[-3000:]}") from None

    def stop(self):
        """Ends the server, however."""
        if self.is_running():
            try:
                self.terminate(15)
            except TooLate:
                pass

    def log(self):
        return self.log_path.read_text(errors="replace") if self.log_path.exists() else ""

    def client(self, **more):
        """A client that isn't signed in."""
        return Client("127.0.0.1", self.port, **more)

    def sign_in(self, login, password=PASSWORD, again=False):
        """A client with a session of that user; the same one each time unless `again`."""
        if again or login not in self.clients:
            client = self.client()
            answer = client.sign_in(login, password)
            assert answer.status == 201, f"signing in as {login}: {answer}\n{self.log()[-2000:]}"
            if again:
                return client
            self.clients[login] = client
        return self.clients[login]

    def token(self, client, permissions, name="test"):
        """A client with an API token that `client`'s user makes for itself."""
        made = client.expect(201, "POST", "/tokens", {"name": name, "permissions": permissions})
        return self.client(bearer=made["token"], ours=False)

    def metric(self, name, **labels):
        """The sum of a Prometheus metric's samples that have these labels; 0 when there is none."""
        total = 0.0
        for line in self.client().get("//metrics").body.decode().splitlines():
            if line.startswith("#") or not line.startswith(name):
                continue
            sample, _, value = line.rpartition(" ")
            if sample.partition("{")[0] == name and all(f'{k}="{v}"' in sample for k, v in labels.items()):
                total += float(value)
        return total

    def memory(self):
        """Resident memory in bytes."""
        for line in pathlib.Path(f"/proc/{self.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) * 1024
        raise RuntimeError("the server has no VmRSS")

    def processor_seconds(self):
        """The processor time that it has used so far."""
        fields = pathlib.Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def command(self, *arguments, check=True, given=None, seconds=60):
        """Runs one of the program's other commands in this folder; gives the finished process."""
        done = subprocess.run(
            [program(), *map(str, arguments)], cwd=self.folder, env=self.environment, input=given, timeout=seconds,
            capture_output=True, text=True)
        assert not check or done.returncode == 0, f"{arguments}: {done.returncode}\n{done.stdout}\n{done.stderr}"
        return done


class StoredRows:
    """Reads the database file beside the server; read-only."""

    def __init__(self, path):
        self.path = path

    def rows(self, sql, *arguments):
        connection = sqlite3.connect(f"file:{self.path}?mode=ro", uri=True, timeout=10)
        try:
            return connection.execute(sql, arguments).fetchall()
        finally:
            connection.close()

    def value(self, sql, *arguments):
        return self.rows(sql, *arguments)[0][0]

    def integrity(self):
        return [row[0] for row in self.rows("PRAGMA integrity_check")]
