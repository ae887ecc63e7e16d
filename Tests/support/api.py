"""A small client of the portal's HTTP API: a cookie or a bearer token, JSON in and out, one connection a thread."""

import http.client
import json
import secrets
import threading
import time


class Answer:
    """What the server answered."""

    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    def json(self):
        return json.loads(self.body)

    @property
    def id(self):
        """The stable id of a problem; None when the answer is no problem."""
        if not self.headers.get("content-type", "").startswith("application/problem+json"):
            return None
        return self.json().get("id")

    def __repr__(self):
        return f"<{self.status} {self.body[:300]!r}>"


class Unanswered(Exception):
    """The connection ended before there was an answer: the request may or may not have been carried out."""


class Client:
    """One signed-in (or anonymous) user of the API."""

    def __init__(self, host, port, cookie=None, bearer=None, timeout=30, ours=True):
        self.host, self.port, self.cookie, self.bearer = host, port, cookie, bearer
        self.timeout, self.ours = timeout, ours
        self._local = threading.local()

    def _connection(self):
        """This thread's connection, and whether it has served before; one that was idle for long is made anew."""
        if time.monotonic() - getattr(self._local, "used", 0) > 30:
            self.close()
        self._local.used = time.monotonic()
        connection = getattr(self._local, "connection", None)
        if connection is not None:
            return connection, True
        self._local.connection = http.client.HTTPConnection(self.host, self.port, timeout=self.timeout)
        return self._local.connection, False

    def close(self):
        """Ends this thread's connection."""
        connection = getattr(self._local, "connection", None)
        if connection is not None:
            connection.close()
            self._local.connection = None

    def headers(self, more=None):
        headers = {"Accept": "application/json"}
        if self.cookie:
            headers["Cookie"] = self.cookie
        if self.bearer:
            headers["Authorization"] = f"Bearer {self.bearer}"
        if self.ours:
            headers["Sec-Fetch-Site"] = "same-origin"
        headers.update(more or {})
        return headers

    def request(self, method, path, body=None, headers=None):
        """Sends one request; a dict or list becomes JSON. `path` is below /api/v1 unless it begins with //."""
        path = path[1:] if path.startswith("//") else "/api/v1" + path
        headers = self.headers(headers)
        if isinstance(body, (dict, list)):
            body = json.dumps(body).encode()
            headers.setdefault("Content-Type", "application/json")
        connection, is_reused = self._connection()
        try:
            connection.request(method, path, body=body, headers=headers)
            response = connection.getresponse()
            answer = Answer(response.status, {k.lower(): v for k, v in response.getheaders()}, response.read())
        except (OSError, http.client.HTTPException) as error:
            self.close()
            if is_reused and (method == "GET" or isinstance(error, BrokenPipeError)) and not isinstance(error, TimeoutError):
                # The server has ended the connection before, or was started anew: it hasn't seen this request.
                return self.request(method, "/" + path, body, headers)
            raise Unanswered(f"{method} {path}: {error!r}") from error
        if response.will_close:
            self.close()
        return answer

    def get(self, path, **headers):
        return self.request("GET", path, headers=headers or None)

    def post(self, path, body=None, headers=None):
        return self.request("POST", path, {} if body is None else body, headers)

    def put(self, path, body):
        return self.request("PUT", path, body)

    def patch(self, path, body):
        return self.request("PATCH", path, body)

    def delete(self, path):
        return self.request("DELETE", path)

    def expect(self, status, method, path, body=None):
        """Sends a request that must be answered by `status` (or one of several); gives the JSON, if there is any."""
        answer = self.request(method, path, body)
        allowed = status if isinstance(status, tuple) else (status,)
        assert answer.status in allowed, f"{method} {path}: expected {allowed}, got {answer}"
        return answer.json() if answer.body else None

    def sign_in(self, login, password):
        """Signs in and keeps the cookie; gives the answer."""
        answer = self.post("/session", {"login": login, "password": password})
        if answer.status == 201:
            self.cookie = answer.headers["set-cookie"].split(";")[0]
        return answer

    # The deeds that most tests need.

    def chat_with(self, *users):
        return self.expect((200, 201), "POST", "/conversations", {"kind": "chat", "users": list(users)})["id"]

    def sms_to(self, number, sender=None):
        body = {"kind": "sms", "to": number} | ({"from": sender} if sender else {})
        return self.expect((200, 201), "POST", "/conversations", body)["id"]

    def send(self, conversation, text, client_id=None, **more):
        """Sends a message; gives the answer, whatever it is."""
        body = {"clientId": client_id or secrets.token_hex(8), "text": text, **more}
        return self.post(f"/conversations/{conversation}/messages", body)

    def messages(self, conversation):
        """All messages of a conversation, oldest first."""
        found, after = [], 0
        while True:
            page = self.expect(200, "GET", f"/conversations/{conversation}/messages?after={after}&limit=200")
            found += page["items"]
            if not page["hasNewer"] or not page["items"]:
                return found
            after = page["items"][-1]["sequence"]

    def items(self, path):
        """All items of a list, by its cursors."""
        found, cursor = [], None
        while True:
            joint = "&" if "?" in path else "?"
            page = self.expect(200, "GET", path + (f"{joint}cursor={cursor}" if cursor else ""))
            found += page["items"]
            cursor = page.get("next")
            if not cursor:
                return found
