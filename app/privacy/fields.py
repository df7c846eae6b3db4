"""What stands in each stored field, in words. A test fails where a table or a column is missing here."""

from flask_babel import lazy_gettext as _l

TABLES = {
    "archive": (_l("How many goes at a test are kept as counts alone"), _l("without end; nobody can be found in them")),
    "attempt": (
        _l("One go at a test"),
        _l("until you delete it, or for 90 days after your last choice; then only counts are left"),
    ),
    "erasure": (
        _l("A list of goes at a test that were deleted, so that they stay deleted when a backup is restored"),
        _l("for 14 days, as long as backups are"),
    ),
    "knock": (_l("Guesses at codes, so that nobody can try them all"), _l("for two hours at most")),
    "response_count": (
        _l("Counts of choices from goes at the test that are over 90 days old"),
        _l("without end; nobody can be found in them"),
    ),
    "snapshot": (
        _l("The published counts, in coarse steps, as anyone can see them"),
        _l("without end; they are published, and nobody can be found in them"),
    ),
    "item_response": (_l("What you chose"), _l("as long as the go at the test that it belongs to")),
}

FIELDS = {
    "archive.quiz_id": _l("which test it is"),
    "archive.attempts": _l("how many goes there were"),
    "archive.not_counted": _l("how many of them came after the last published counts"),
    "attempt.id": _l("a running number"),
    "attempt.quiz_id": _l("which test it is"),
    "attempt.nonce_digest": _l("a scrambled random number, so that a form sent twice counts once"),
    "attempt.code_digest": _l("a scrambled form of the short code for another device"),
    "attempt.seed": _l("a random number that the stitches of your cloth come from"),
    "attempt.last_on": _l("the day of your last choice, without the hour"),
    "attempt.is_counted": _l("whether it has changed since the last published counts"),
    "erasure.nonce_digest": _l("a scrambled random number"),
    "erasure.erased_on": _l("the day it was deleted"),
    "knock.digest": _l("a scrambled form of the network address; the key to it changes each midnight"),
    "knock.hour": _l("the hour of the guesses"),
    "knock.tries": _l("how many guesses there were"),
    "response_count.quiz_id": _l("which test it is"),
    "response_count.item_id": _l("which question"),
    "response_count.choices": _l("the choices of one response, taken together"),
    "response_count.people": _l("by how many people"),
    "snapshot.quiz_id": _l("which test it is"),
    "snapshot.made_on": _l("the day they were published"),
    "snapshot.attempts": _l("how many goes at the test they hold"),
    "snapshot.figures": _l("the steps that each choice lies in"),
    "item_response.attempt_id": _l("the go at the test that it belongs to"),
    "item_response.item_id": _l("which question"),
    "item_response.choices": _l("the choices you made; empty where you passed. Never a text of yours"),
}
