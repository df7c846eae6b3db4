"""Secrets of an attempt: the token of its forms and its cookie, the link and the short code for another device."""

import hashlib
import hmac
import re
from dataclasses import dataclass

from itsdangerous import BadSignature, Signer

# No letter that is mistaken for a digit or for another letter, in capitals or small.
ALPHABET = "ACDEFHJKMNPQRTVWXYZ346789"
CODE_LENGTH = 8


@dataclass(frozen=True)
class Fresh:
    """A token for an attempt that begins with its first response."""

    nonce: bytes


@dataclass(frozen=True)
class Begun:
    """A token for an attempt that is stored: its number, and the mark that tells it from another with this number."""

    attempt_id: int
    mark: bytes


def mark_of(nonce_digest: bytes) -> bytes:
    """Take the mark of an attempt: 8 bytes. A number alone could be given twice after a restored backup."""
    return nonce_digest[:8]


def _signer(secret: str, purpose: str, sep: str) -> Signer:
    """Make a signer whose key is derived once, not at each signature."""
    key = digest(secret, "signing", purpose.encode())
    return Signer(key, sep=sep, key_derivation="none", digest_method=hashlib.sha256)


class Tokens:
    """Signs and reads the tokens of one quiz."""

    def __init__(self, secret: str, quiz_id: str) -> None:
        self._signer = _signer(secret, f"attempt:{quiz_id}", ".")

    def fresh(self, nonce: bytes) -> str:
        """Sign a token for an attempt that has not begun."""
        return self._signer.sign(f"n{nonce.hex()}").decode()

    def begun(self, attempt: Begun) -> str:
        """Sign a token for an attempt that is stored."""
        return self._signer.sign(f"a{_packed(attempt)}").decode()

    def read(self, token: str) -> Fresh | Begun | None:
        """Read a token; None where it is not one of ours."""
        text = _unsigned(self._signer, token)
        if text is None:
            return None
        return Fresh(bytes.fromhex(text[1:])) if text.startswith("n") else _unpacked(text[1:])


class ResumeTokens:
    """Signs and reads the links that lead back to an attempt from another device."""

    def __init__(self, secret: str) -> None:
        self._signer = _signer(secret, "resume", "~")

    def sign(self, attempt: Begun) -> str:
        """Sign the secret part of a link."""
        return self._signer.sign(_packed(attempt)).decode()

    def read(self, token: str) -> Begun | None:
        """Read the attempt that a link leads to; None where it is not one of ours."""
        text = _unsigned(self._signer, token)
        return None if text is None else _unpacked(text)


def _packed(attempt: Begun) -> str:
    return f"{attempt.attempt_id}-{attempt.mark.hex()}"


def _unpacked(text: str) -> Begun | None:
    found = re.fullmatch(r"(\d+)-([0-9a-f]{16})", text)
    return Begun(int(found[1]), bytes.fromhex(found[2])) if found else None


def _unsigned(signer: Signer, token: str) -> str | None:
    """Read what was signed; a signature counts only letter by letter as we write it."""
    try:
        value = signer.unsign(token.encode("utf-8", "replace"))
    except BadSignature:
        return None
    is_ours = hmac.compare_digest(signer.sign(value), token.encode("utf-8", "replace"))
    return value.decode() if is_ours else None


def digest(secret: str, purpose: str, value: bytes) -> bytes:
    """Scramble a value so that it can be found again but not read: 32 bytes."""
    return hmac.digest(secret.encode(), purpose.encode() + b":" + value, hashlib.sha256)


def code_for(secret: str, nonce_digest: bytes) -> str:
    """Make the short code of an attempt: 8 letters and digits that are not mistaken for each other."""
    number = int.from_bytes(digest(secret, "code", nonce_digest), "big")
    letters = []
    for _ in range(CODE_LENGTH):
        number, index = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[index])
    return "".join(letters)


def code_as_typed(text: str) -> str:
    """Read a code as people type it: spaces, hyphens and small letters are welcome."""
    return re.sub(r"[^A-Z0-9]", "", text.upper())


def code_as_shown(code: str) -> str:
    """Write a code in two halves."""
    half = CODE_LENGTH // 2
    return f"{code[:half]} {code[half:]}"
