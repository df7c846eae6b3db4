"""Make a new bundle that is valid from the start."""

import re
from pathlib import Path

from app.errors import Invalid

STRUCTURE = """\
id: {id}
kind: quiz
version: 0.1.0
licence: CC-BY-SA-4.0
source_language: {language}
themes:
  - {{id: meeting, dye: woad}}
dimensions: [attitudes]
lenses: [curiosity, caution]
items:
  - id: first-item
    kind: single-choice
    theme: meeting
    dimension: attitudes
    choices:
      - {{id: ask, lenses: [curiosity]}}
      - {{id: wait, lenses: [caution]}}
"""
REFLECTION = (
    "Here a neighbour with time for you says what is good in this choice, in a few short sentences about concrete"
    " things. Then the thing is turned a little, so that another side of it catches the light. Which question"
    " could stay with somebody on the way home?"
)
PLAIN = "This says what is good in the choice. Then it shows another side. What would you ask?"
WORDS = f"""\
title: A new quiz
summary: One sentence that says what it is about.
review: {{state: unreviewed}}
themes: {{meeting: Meeting}}
dimensions: {{attitudes: How I meet it}}
cells:
  meeting: {{attitudes: how you meet something new}}
lenses:
  curiosity: {{name: Curiosity, about: You often asked before you decided., open: "What might asking have shown?"}}
  caution: {{name: Caution, about: You often took your time., open: "What might waiting have shown?"}}
next_steps:
  - {{title: Talk about one question, text: Ask somebody at home what they would have chosen.}}
  - {{title: Look again, text: See the place you live in as if you came today.}}
  - {{title: Begin something small, text: Choose one thing and a day for it.}}
items:
  first-item:
    prompt: Somebody new sits down at your table. What do you do first?
    choices:
      ask: Ask where they have come from today.
      wait: Wait until they speak.
    reflections:
      ask: {REFLECTION}
      wait: {REFLECTION}
    action: This week, say one sentence to somebody you see every day.
    plain:
      prompt: A new person sits at your table. What do you do first?
      choices:
        ask: I ask a question.
        wait: I wait.
      reflections:
        ask: {PLAIN}
        wait: {PLAIN}
      action: Say one sentence to a person you often see.
"""


def new_quiz(folder: Path, quiz_id: str, language: str) -> list[Path]:
    """Write the files of a new quiz in its source language; raises Invalid where the id is taken or not well formed."""
    if not re.fullmatch(r"[a-z][a-z0-9-]{0,39}", quiz_id):
        raise Invalid(
            f"{quiz_id} is not an id: a small letter first, then small letters, digits and hyphens, 40 at most"
        )
    structure, words = folder / quiz_id / "bundle.yaml", folder / quiz_id / language / "text.yaml"
    if structure.exists():
        raise Invalid(f"{structure} is there already")
    words.parent.mkdir(parents=True)
    structure.write_text(STRUCTURE.format(id=quiz_id, language=language), "utf-8")
    words.write_text(WORDS, "utf-8")
    return [structure, words]
