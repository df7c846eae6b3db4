"""What is typed in the journey of an attempt."""

from flask_babel import lazy_gettext as _l
from wtforms import Form, StringField
from wtforms.validators import InputRequired, Length


class CodeForm(Form):
    """A short code, as it was typed."""

    code = StringField(
        _l("Your code"),
        filters=[lambda text: "".join(letter for letter in text or "" if letter.isprintable())],
        validators=[
            InputRequired(_l("Type your code: eight signs, letters and digits mixed")),
            Length(max=40, message=_l("A code has eight signs, letters and digits mixed")),
        ],
    )
