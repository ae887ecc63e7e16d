"""A carrier's HTTP server that misbehaves, in the place of Kannel's sendsms."""

import http.server
import threading
import urllib.parse


class BadCarrier:
    """Answers every submit by `manner`: ok, redirect, html, huge, slow, silent, error, drop. Counts and keeps the submits."""

    def __init__(self, port, manner="ok", host="127.0.0.1"):
        self.manner, self.submits, self.answers = manner, [], 0
        self.redirect_to = ""
        self.released = threading.Event()
        carrier = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                self.do_POST()

            def do_POST(self):
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                query = urllib.parse.parse_qs(urllib.parse.urlsplit(self.path).query)
                carrier.submits.append({name: values[0] for name, values in query.items()} | {"body": body})
                carrier.answer(self)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer((host, port), Handler)
        self.server.daemon_threads = True
        self.url = f"http://{host}:{port}/cgi-bin/sendsms"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self):
        self.released.set()
        self.server.shutdown()
        self.server.server_close()

    def answer(self, request):
        """Writes the answer that the manner asks for."""
        try:
            getattr(self, "_" + self.manner)(request)
            self.answers += 1
        except OSError:
            request.close_connection = True

    def _plain(self, request, status, body, kind="text/html"):
        request.send_response(status)
        request.send_header("Content-Type", kind)
        request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        request.wfile.write(body)

    def _ok(self, request):
        self._plain(request, 202, b"0: Accepted for delivery")

    def _redirect(self, request):
        request.send_response(302)
        request.send_header("Location", self.redirect_to)
        request.send_header("Content-Length", "0")
        request.end_headers()

    def _html(self, request):
        self._plain(request, 200, b"<!doctype html><title>Maintenance</title><h1>We'll be back soon</h1>")

    def _error(self, request):
        self._plain(request, 503, b"Temporal failure, try again later.")

    def _huge(self, request):
        """100 MB that nobody asked for."""
        request.send_response(202)
        request.send_header("Content-Length", str(100 << 20))
        request.end_headers()
        for _ in range(1600):
            request.wfile.write(b"0: Accepted " * 5461)
        request.close_connection = True

    def _slow(self, request):
        """A byte a second."""
        request.send_response(202)
        request.send_header("Content-Length", "100000")
        request.end_headers()
        while not self.released.wait(1):
            request.wfile.write(b"0")
            request.wfile.flush()
        request.close_connection = True

    def _silent(self, request):
        """Takes the submit and says nothing."""
        self.released.wait()
        request.close_connection = True

    def _drop(self, request):
        """Takes the submit, then the connection dies."""
        request.close_connection = True
        request.connection.close()
