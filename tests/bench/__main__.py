"""`python -m tests.bench [--quick] [NAME …]`: measure what is promised, and print it as a table.

The table of a whole run is kept in proof/proof.md, that of single rows in proof/rows.md; the figures behind each of
them in the .json beside it.
"""

import argparse
import datetime as dt
import os
import platform
import subprocess
import sys
import tempfile
import time
import traceback
from pathlib import Path

from tests.bench.load import WrongAnswer
from tests.bench.rows import ROWS
from tests.bench.table import HEAD, Bench, Result, Row, line, save
from tests.servers import ROOT

# What a measurement may end with; the other rows are measured all the same.
FAILED = (
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
    WrongAnswer,
    subprocess.SubprocessError,
)


def main() -> int:
    """Measure the rows that were asked for; says 1 where one does not hold."""
    options = _arguments()
    wanted = [row for row in ROWS if row.name in (options.names or _usual(options.quick))]
    machine = _machine(options.quick)
    print(f"{machine}\n\n{HEAD}", end="", flush=True)
    results: list[tuple[Row, Result]] = []
    with tempfile.TemporaryDirectory(prefix="convive-bench-", ignore_cleanup_errors=True) as folder:
        bench = Bench(Path(folder), options.quick, options.style_tool)
        for row in wanted:
            result = _measure(row, bench)
            results.append((row, result))
            print(line(row, result), end="", flush=True)
            save(ROOT / "proof", "rows" if options.names else "proof", results, machine)
    return 0 if all(result.holds for _, result in results) else 1


def _usual(quick: bool) -> list[str]:
    """Name the rows that are measured where none is named: a quick run has no time for a browser."""
    return [row.name for row in ROWS if not (quick and row.is_long)]


def _measure(row: Row, bench: Bench) -> Result:
    began = time.monotonic()
    try:
        result = row.measure(bench)
    except FAILED as error:
        traceback.print_exc()
        return Result(
            f"not measured: {type(error).__name__}: {error}".replace("\n", " ").replace("|", "/"), holds=False
        )
    result.figures["took_s"] = round(time.monotonic() - began, 1)
    return result


def _machine(quick: bool) -> str:
    """Say where and when this was measured."""
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    now = dt.datetime.now(dt.UTC).strftime("%Y-%m-%d %H:%M UTC")
    load = f"load {os.getloadavg()[0]:.1f}"
    python = f"Python {platform.python_version()}, {platform.system()} {platform.machine()}"
    kind = "; a quick run, with smaller numbers" if quick else ""
    return (
        f"{now}, commit {commit.stdout.strip() or 'none'}, {os.cpu_count()} cores, {load} at the start, {python}{kind}."
    )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    names = [row.name for row in ROWS]
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"rows to measure: {', '.join(names)}")
    parser.add_argument("--quick", action="store_true", help="smaller numbers, the same code")
    tool = ROOT.parent / "shared" / "tools" / "measure_style.py"
    parser.add_argument("--style-tool", type=Path, default=tool, help="where measure_style.py is")
    options = parser.parse_args()
    if unknown := set(options.names) - set(names):
        parser.error(f"there is no row {', '.join(sorted(unknown))}; there are {', '.join(names)}")
    return options


if __name__ == "__main__":
    sys.exit(main())
