.DEFAULT_GOAL := help
.PHONY: help run check test proof lock i18n clean
BIN := .venv/bin
export FLASK_APP := wsgi

help: ## say what there is to type
	@grep -hE '^[a-z0-9-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

run: ## set everything up and serve on 127.0.0.1:8000 (HOST, PORT, WORKERS, DATA_DIR … change it)
	@bin/setup run
	@exec $(BIN)/flask serve

check: ## style, types, contracts, kernel and content; no browser, no server
	@bin/setup tools
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/flask content check
	$(BIN)/pytest -q -n 2 -m "not browser and not postgres and not server"

test: ## everything: check, pages, journeys in a browser, both databases
	@bin/setup test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/flask content check
	$(BIN)/pytest -q -n 2 --dist loadgroup

proof: ## measure what is promised, as a table
	@bin/setup test
	$(BIN)/python -m tests.bench

lock: ## pin every package with its hashes, without addresses (needs uv)
	uv pip compile pyproject.toml --universal --generate-hashes --no-emit-index-url --no-header -q -o requirements.txt
	uv pip compile pyproject.toml --all-extras --group dev --universal --generate-hashes --no-emit-index-url --no-header -q -c requirements.txt -o requirements-dev.txt

i18n: ## take new words of the interface into every catalogue
	$(BIN)/pybabel -q extract -F pyproject.toml --no-location --omit-header -k _l -o /tmp/convive.pot .
	$(BIN)/pybabel -q update -i /tmp/convive.pot -d translations --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date
	sed -i -E '/^"(Report-Msgid-Bugs-To|POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team|Generated-By):/d' translations/*/LC_MESSAGES/messages.po

clean: ## delete what was made here, but not the data folder
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache proof
