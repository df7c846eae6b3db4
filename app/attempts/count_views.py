"""What many chose: a link away from the test, in coarse steps, and never beside one's own choices."""

from flask import g, render_template

from app.assessment.statistics import rounded_down
from app.attempts import count_queries, presenting
from app.attempts.views import blueprint
from app.content.wording import item_wording
from app.i18n import page_language
from app.library import get_bundle


@blueprint.get("/<lang:lang>/quizzes/<id:quiz_id>/counts")
def counts(quiz_id: str) -> str:
    """Show the newest published counts."""
    bundle = get_bundle(quiz_id)
    reader = presenting.Reader(page_language(), g.plain)
    snapshot = count_queries.find_newest(quiz_id)
    shown = {item.id: item_wording(bundle, item.id, reader.language, plain=reader.plain) for item in bundle.quiz.items}
    people = rounded_down(snapshot.attempts) if snapshot else 0
    page = presenting.quiz_page(bundle, reader)
    return render_template("attempts/counts.html", page=page, snapshot=snapshot, people=people, shown=shown)
