"""How long the start takes: with six bundles, with six hundred."""

import os
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

from app.content.scaffold import new_quiz
from app.content.stamping import stamp_language
from tests.bench.servers import WORKERS, wait_for_page
from tests.bench.table import Bench, Result
from tests.servers import ROOT, free_port

FEW, MANY = 6, 600
SOURCE, LANGUAGES = "en", ("fr", "ar")


def measure_start(bench: Bench) -> Result:
    """Start by turns with few and with many bundles, all compiled once before; until a page of a quiz is there."""
    many = bench.pick(MANY, 120)
    folders = {count: _content(bench.new_folder(f"content-{count}"), count) for count in (FEW, many)}
    data = {count: bench.new_folder(f"start-{count}") for count in folders}
    cold = {count: _start(data[count], folders[count]) for count in folders}
    warm: dict[int, list[float]] = {count: [] for count in folders}
    for turn in range(bench.pick(5, 3)):
        for count in sorted(folders, reverse=turn % 2 == 1):
            warm[count].append(_start(data[count], folders[count]))
    few_s, many_s = statistics.median(warm[FEW]), statistics.median(warm[many])
    seconds = f"{many_s:.2f} s with {many}, {few_s:.2f} s with {FEW}; compiled first in {cold[many]:.1f} s"
    measured = f"{many_s / few_s:.2f} × ({seconds})"
    return Result(measured, many_s <= 1.5 * few_s, {"ratio": many_s / few_s, "first": cold, "seconds": warm})


def _content(folder: Path, count: int) -> Path:
    """Write bundles in three languages, each a copy of the smallest that is valid, with an id of its own."""
    model = folder / "model"
    new_quiz(model, "quiz-0", SOURCE)
    for language in LANGUAGES:
        shutil.copytree(model / "quiz-0" / SOURCE, model / "quiz-0" / language)
        stamp_language(model / "quiz-0", language)
    structure = (model / "quiz-0" / "bundle.yaml").read_text()
    for number in range(count):
        copy = folder / "quizzes" / f"quiz-{number}"
        shutil.copytree(model / "quiz-0", copy)
        (copy / "bundle.yaml").write_text(structure.replace("quiz-0", f"quiz-{number}"))
    return folder / "quizzes"


def _start(data_dir: Path, content: Path) -> float:
    """Start the product, wait for a page of a quiz, stop it; says how many seconds the page took."""
    port = free_port()
    settings = {"PORT": str(port), "DATA_DIR": str(data_dir), "CONTENT_DIRS": str(content), "WORKERS": str(WORKERS)}
    environment = {**os.environ, "FLASK_APP": "wsgi", **settings}
    with (data_dir / "server.log").open("ab") as log:
        began = time.monotonic()
        command = [sys.executable, "-m", "flask", "serve"]
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log, start_new_session=True)
    try:
        wait_for_page(f"http://127.0.0.1:{port}/en/quizzes/quiz-0/", process)
        return time.monotonic() - began
    finally:
        process.terminate()
        process.wait(20)
