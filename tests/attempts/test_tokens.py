"""Secrets of an attempt: whatever is handed in, only what we signed is read, and only by its own quiz."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as some

from app.attempts.tokens import (
    ALPHABET,
    CODE_LENGTH,
    Begun,
    Fresh,
    ResumeTokens,
    Tokens,
    code_as_shown,
    code_as_typed,
    code_for,
)
from tests.conftest import SECRET

TOKENS, LINKS = Tokens(SECRET, "one"), ResumeTokens(SECRET)
LETTERS = string.ascii_letters + string.digits + "-_.~= "

attempts = some.builds(Begun, some.integers(min_value=1, max_value=2**63 - 1), some.binary(min_size=8, max_size=8))
ONE, ANOTHER = Begun(1, b"12345678"), Begun(987654321, b"\0\xff-.~an\n")
nonces = some.binary(min_size=16, max_size=16)
codes = some.text(ALPHABET, min_size=CODE_LENGTH, max_size=CODE_LENGTH)


@given(nonces)
def test_a_fresh_token_is_read_as_what_was_signed(nonce: bytes) -> None:
    assert TOKENS.read(TOKENS.fresh(nonce)) == Fresh(nonce)


@given(attempts)
def test_a_token_of_an_attempt_is_read_as_what_was_signed(attempt: Begun) -> None:
    assert TOKENS.read(TOKENS.begun(attempt)) == attempt
    assert LINKS.read(LINKS.sign(attempt)) == attempt


@given(some.text(some.characters()) | some.text(LETTERS))
def test_any_text_that_we_did_not_sign_is_nobodys(text: str) -> None:
    assert TOKENS.read(text) is None
    assert LINKS.read(text) is None


@given(some.binary())
def test_any_bytes_that_we_did_not_sign_are_nobodys(data: bytes) -> None:
    for text in (data.decode("latin-1"), data.decode("utf-8", "surrogateescape"), data.decode("utf-8", "replace")):
        assert TOKENS.read(text) is None
        assert LINKS.read(text) is None


@given(some.sampled_from("an") | some.text(), some.text(), some.text())
def test_a_text_that_looks_like_a_token_is_nobodys(kind: str, value: str, signature: str) -> None:
    assert TOKENS.read(f"{kind}{value}.{signature}") is None
    assert LINKS.read(f"{value}~{signature}") is None


@given(attempts, nonces)
def test_a_token_of_one_quiz_is_refused_by_another(attempt: Begun, nonce: bytes) -> None:
    other = Tokens(SECRET, "other")
    assert other.read(TOKENS.begun(attempt)) is None
    assert other.read(TOKENS.fresh(nonce)) is None


@given(attempts)
def test_a_token_of_another_installation_is_refused(attempt: Begun) -> None:
    foreign = "another-secret-that-is-long-enough-too"
    assert TOKENS.read(Tokens(foreign, "one").begun(attempt)) is None
    assert LINKS.read(ResumeTokens(foreign).sign(attempt)) is None


@given(attempts)
def test_a_token_of_a_form_is_no_link_and_a_link_no_token(attempt: Begun) -> None:
    assert LINKS.read(TOKENS.begun(attempt)) is None
    assert LINKS.read(TOKENS.begun(attempt).replace(".", "~")) is None
    assert TOKENS.read(LINKS.sign(attempt)) is None


@pytest.mark.parametrize("token", [TOKENS.begun(ONE), TOKENS.begun(ANOTHER), TOKENS.fresh(b"0123456789abcdef")])
def test_a_token_with_any_one_letter_changed_is_refused(token: str) -> None:
    for place in range(len(token)):
        changed = [f"{token[:place]}{letter}{token[place + 1 :]}" for letter in LETTERS if letter != token[place]]
        assert [each for each in changed if TOKENS.read(each) is not None] == []


@pytest.mark.parametrize("token", [LINKS.sign(ONE), LINKS.sign(ANOTHER)])
def test_a_link_with_any_one_letter_changed_is_refused(token: str) -> None:
    for place in range(len(token)):
        changed = [f"{token[:place]}{letter}{token[place + 1 :]}" for letter in LETTERS if letter != token[place]]
        assert [each for each in changed if LINKS.read(each) is not None] == []


@given(attempts, some.integers(min_value=0, max_value=60), some.sampled_from(LETTERS))
def test_a_token_with_a_letter_put_in_or_taken_out_is_refused(attempt: Begun, place: int, letter: str) -> None:
    token = TOKENS.begun(attempt)
    assert TOKENS.read(f"{token[:place]}{letter}{token[place:]}") is None
    if place < len(token):
        assert TOKENS.read(token[:place] + token[place + 1 :]) is None


@given(codes)
def test_a_code_is_read_as_it_is_shown(code: str) -> None:
    assert code_as_typed(code_as_shown(code)) == code


@given(codes, some.lists(some.sampled_from(" -.\t "), min_size=CODE_LENGTH, max_size=CODE_LENGTH))
def test_a_code_is_read_with_whatever_stands_between_its_letters(code: str, between: list[str]) -> None:
    typed = "".join(letter + gap for letter, gap in zip(code.lower(), between, strict=True))
    assert code_as_typed(typed) == code


@given(some.binary(min_size=32, max_size=32))
def test_a_code_is_eight_plain_letters_and_the_same_each_time(digest: bytes) -> None:
    code = code_for(SECRET, digest)
    assert code == code_for(SECRET, digest)
    assert len(code) == CODE_LENGTH
    assert set(code) <= set(ALPHABET)


@given(some.text())
def test_whatever_is_typed_as_a_code_is_read_as_capitals_and_digits(text: str) -> None:
    assert set(code_as_typed(text)) <= set(string.ascii_uppercase + string.digits)
