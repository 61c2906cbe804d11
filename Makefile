# A newcomer needs two commands: `make run` and `make test`.
# The rest is for those who change the app. What is made lies in .venv and data.

PY := .venv/bin/python
TRANSLATIONS := inspect_app/catalogues/translations
PO := $(wildcard $(TRANSLATIONS)/*/LC_MESSAGES/messages.po)
MO := $(PO:.po=.mo)

.DEFAULT_GOAL := help
.PHONY: help environment catalogues run test checks format-check lint types contracts tests browser-tests \
	fix bench soak webkit messages lock clean

help:
	@echo "make run       serve the app with a demo shop, for this machine and tablets beside it"
	@echo "make test      format, lint, types, import contracts and all tests"
	@echo "make fix       format the code and mend what the linter can"
	@echo "make bench     measure against the targets, one line of JSON each"
	@echo "make soak      journeys with a fault at a random moment; nothing may be lost"
	@echo "make webkit    the journeys in WebKitGTK, the nearest to an iPad"
	@echo "make messages  collect the words for people into the catalogues"
	@echo "make lock      write requirements.lock anew from pyproject.toml"
	@echo "make clean     remove the environment and what tools left (never data)"

environment:
	@sh .ci/environment

# Compiled only where a .po is newer.
%.mo: %.po | environment
	@.venv/bin/pybabel --quiet compile --input-file $< --output-file $@

catalogues: $(MO)

run: environment catalogues
	@exec $(PY) -m inspect_app serve

# All of them run, even when one has failed.
test: environment catalogues
	@$(MAKE) --no-print-directory --keep-going checks

checks: format-check lint types contracts tests browser-tests

format-check: environment
	.venv/bin/ruff format --check .

lint: environment
	.venv/bin/ruff check .

types: environment
	.venv/bin/mypy

contracts: environment
	.venv/bin/lint-imports --no-logo

tests: environment catalogues
	$(PY) -m pytest -n 2 --dist loadfile --ignore=tests/browser --ignore=tests/webkit

# One browser, one test at a time: Chromium fills two cores by itself.
browser-tests: environment catalogues
	@CHROMIUM="$$(sh .ci/chromium)" && export CHROMIUM && \
	echo "$(PY) -m pytest tests/browser  ($$CHROMIUM)" && $(PY) -m pytest tests/browser

fix: environment
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .

bench: environment catalogues
	@CHROMIUM="$$(sh .ci/chromium)" && export CHROMIUM && $(PY) -m bench

soak: environment catalogues
	@CHROMIUM="$$(sh .ci/chromium)" && export CHROMIUM && $(PY) -m tests.soak

webkit: environment catalogues
	@sh .ci/webkit
	$(PY) -m pytest tests/webkit

messages: environment
	.venv/bin/pybabel extract --mapping=pyproject.toml --sort-by-file --no-location \
		--keywords="_l lazy_gettext lazy_ngettext:1,2" --project="Vehicle reception" \
		--copyright-holder="the authors" --output=messages.pot .
	for language in ko zh; do \
		catalogue=$(TRANSLATIONS)/$$language/LC_MESSAGES/messages.po; \
		verb=update exact=--no-fuzzy-matching; \
		[ -f $$catalogue ] || { verb=init; exact=; }; \
		.venv/bin/pybabel $$verb $$exact --input-file=messages.pot --output-dir=$(TRANSLATIONS) \
			--locale=$$language || exit 1; \
	done
	rm messages.pot
	$(MAKE) catalogues

# Needs uv, a maintainer's tool: it resolves for every platform at once and writes no address.
lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-header --all-extras pyproject.toml -o requirements.lock

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build dist
	find inspect_app tests -name __pycache__ -type d -prune -exec rm -rf {} +
	rm -f $(MO)
