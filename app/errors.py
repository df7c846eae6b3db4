"""What can go wrong in the domain. Pages are made of these in `error_pages.py`, once."""


class DomainError(Exception):
    """Something the person can be told about; `reason` is a key of the page that tells it."""

    def __init__(self, reason: str = "") -> None:
        super().__init__(reason)
        self.reason = reason


class NotFound(DomainError):
    """There is no such thing, or not any more."""


class NotAllowed(DomainError):
    """The thing is there, but not for this person or not from this place."""


class Invalid(DomainError):
    """What was sent is not something this page could have sent."""


class Incomplete(DomainError):
    """What was sent is well formed, but a choice is still missing."""


class TooMany(DomainError):
    """Tried too often for now; `seconds` is how long to wait."""

    def __init__(self, reason: str, seconds: int) -> None:
        super().__init__(reason)
        self.seconds = seconds
