"""Signed tokens (JWT) as another portal's server makes them. Standard library, and openssl for ES256."""

import base64
import hashlib
import hmac
import json
import secrets
import subprocess
import time


def _part(value):
    data = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def claims(login, **more):
    """What a good token says; a claim that is None is left out."""
    now = time.time()
    said = {
        "iss": "https://intranet.example", "aud": "patchbay", "sub": login, "iat": int(now), "nbf": int(now),
        "exp": int(now) + 120, "jti": secrets.token_hex(12), **more,
    }
    return {name: value for name, value in said.items() if value is not None}


def hs256(secret, said, header=None):
    signed = f"{_part(header or {'alg': 'HS256', 'typ': 'JWT'})}.{_part(said)}"
    return f"{signed}.{_part(hmac.new(secret.encode(), signed.encode(), hashlib.sha256).digest())}"


def es256(private_key, said):
    """`private_key` is a PEM file of the curve P-256."""
    signed = f"{_part({'alg': 'ES256', 'typ': 'JWT'})}.{_part(said)}"
    der = subprocess.run(
        ["openssl", "dgst", "-sha256", "-sign", private_key], input=signed.encode(), capture_output=True, check=True).stdout
    return f"{signed}.{_part(_raw(der))}"


def unsigned(said):
    return f"{_part({'alg': 'none'})}.{_part(said)}."


def es256_keys(folder):
    """A new pair of PEM files: private, public."""
    private, public = folder / "private.pem", folder / "public.pem"
    subprocess.run(["openssl", "ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", private], check=True)
    subprocess.run(["openssl", "ec", "-in", private, "-pubout", "-out", public], check=True, capture_output=True)
    return private, public


def _raw(der):
    """The two numbers of an ECDSA signature, 32 bytes each, from their DER."""
    numbers, place = [], 2
    for _ in range(2):
        length = der[place + 1]
        numbers.append(int.from_bytes(der[place + 2 : place + 2 + length], "big").to_bytes(32, "big"))
        place += 2 + length
    return b"".join(numbers)
