"""Rows that other programs measure: style, accessibility in a browser, the recipe for a ninth kind."""

import json
import re
import signal
import subprocess
import sys

from tests.bench.table import Bench, Result
from tests.servers import ROOT

TESTS = "tests"
STYLE = (
    # what the tool calls it, what we call it, the limit, whether it is the most or the least allowed
    ("fn_p95", "function p95", 22, "most"),
    ("fn_max", "longest function", 30, "most"),
    ("view_p95", "view p95", 20, "most"),
    ("file_p95", "file p95", 150, "most"),
    ("file_max", "longest file", 250, "most"),
    ("cc_p95", "complexity p95", 5, "most"),
    ("nest_p95", "nesting p95", 2, "most"),
    ("cycle_modules_pct", "cycles", 0, "most"),
    ("deferred_imports", "hidden imports", 0, "most"),
    ("broad_except_per_kloc", "broad excepts", 0, "most"),
    ("todo_per_kloc", "TODOs", 0, "most"),
    ("pure_pct", "pure %", 40, "least"),
    ("annotated_pct", "annotated %", 100, "least"),
    ("template_p95", "template p95", 80, "most"),
    ("test_ratio", "test/code", 1.4, "least"),
)


def measure_style(bench: Bench) -> Result:
    """Ask the style tool about the product, and compare with each limit."""
    if not bench.style_tool.exists():
        return Result(f"the tool is not here ({bench.style_tool}); --style-tool says where it is", holds=False)
    command = [sys.executable, str(bench.style_tool), "convive", "--json", "--root", str(ROOT), "--code", "app"]
    command += ["--code", "wsgi.py", "--tests", TESTS, "--templates", "app/templates"]
    row = json.loads(subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT).stdout)
    told, holds = [], True
    for key, name, limit, side in STYLE:
        fits = row[key] <= limit if side == "most" else row[key] >= limit
        told.append(f"{name} {row[key]:g}" if fits else f"**{name} {row[key]:g}**")
        holds = holds and fits
    return Result(", ".join(told), holds, {"row": row})


def measure_axe(_bench: Bench) -> Result:
    """Run the journeys in the browser."""
    return _pytest("tests/journeys", "-m", "browser", "-n", "2", "--dist", "loadgroup", at_most=900)


def measure_ninth(_bench: Bench) -> Result:
    """Follow the recipe for a ninth kind."""
    return _pytest("tests/content/test_a_ninth_kind.py", at_most=120)


def _pytest(*arguments: str, at_most: float) -> Result:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *arguments]
    tests = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        output, _ = tests.communicate(timeout=at_most)
    except subprocess.TimeoutExpired:
        tests.send_signal(signal.SIGINT)  # lets it stop the servers and browsers that it started
        tests.communicate(timeout=60)
        raise
    summary = re.findall(r"\d+ (?:passed|failed|errors?|skipped|xfailed)", output) or ["nothing was tested"]
    return Result(", ".join(summary), tests.returncode == 0, {"command": " ".join(command[1:]), "end": output[-2000:]})
