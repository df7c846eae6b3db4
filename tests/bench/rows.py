"""All rows of the table, in its order."""

from tests.bench import checks, clone, kill, memory, pages, responses, slow, speed, start
from tests.bench.table import Row

ROWS = (
    Row("clone", "clone → first page, empty caches", "≤ 20 s with pip, ≤ 6 s with uv", clone.measure_clone),
    Row(
        "journey",
        "whole test without scripts",
        "18 items, ≤ 22 steps, 0 fields to type, 0 cookies before the first response, in en, fr, ar",
        pages.measure_journey,
    ),
    Row(
        "weight",
        "item page, first load",
        "≤ 30 KB on the wire, ≤ 4 requests, scripts ≤ 5 KB gz; later pages ≤ 8 KB",
        pages.measure_weight,
    ),
    Row(
        "page",
        "CPU per item page against the floor that reads one row and renders a page of the same size",
        "≤ 2.0 ×",
        speed.measure_page,
    ),
    Row(
        "response",
        "CPU per stored response against the floor’s durable idempotent upsert",
        "≤ 2.5 ×",
        responses.measure_response,
    ),
    Row("flat", "the same with 1,000,000 stored responses, against 1,000", "≤ 1.15 ×", responses.measure_flat),
    Row("whole", "whole test against the floor’s 20 requests", "≤ 3 ×", speed.measure_whole),
    Row("memory", "memory (PSS) idle; after 50,000 requests", "≤ 130 MB; growth ≤ 10 %", memory.measure_memory),
    Row("start", "start with 600 bundles against the start with 6", "≤ 1.5 ×", start.measure_start),
    Row("slow", "120 slow clients (headers trickled)", "others are served as before", slow.measure_slow),
    Row(
        "kill",
        "kill -9 of a worker, and of all, during 2,000 responses from 50 clients",
        "0 acknowledged lost, 0 doubled",
        kill.measure_kill,
    ),
    Row(
        "axe",
        "axe and keyboard in Chromium: every page, phone and wide, light and dark, en, fr, ar",
        "0 violations; every journey by keyboard alone",
        checks.measure_axe,
        is_long=True,
    ),
    Row(
        "style",
        "style row",
        "function p95 ≤ 22, none > 30; view p95 ≤ 20; file p95 ≤ 150, none > 250; complexity p95 ≤ 5; nesting p95 ≤ 2;"
        " 0 cycles, hidden imports, broad excepts, TODOs; pure ≥ 40 %; annotated 100 %; template p95 ≤ 80;"
        " test/code ≥ 1.4",
        checks.measure_style,
    ),
    Row(
        "ninth",
        "adding a ninth reflective kind",
        "1 pure module, 1 template, 1 table line, 1 bundle, 1 test: a recipe that a test follows",
        checks.measure_ninth,
    ),
)
