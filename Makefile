# StudyDesk. `make run` opens it, `make test` tests it; both set up what they need.
.DEFAULT_GOAL := help
.PHONY: help setup setup-tests setup-bench run test check bench screenshots lock package

PYTHON := .venv/bin/python
ARGS ?=

help: ## say what can be made
	@sed -n 's/^\([a-z]*\):.*## /  make \1 \t/p' Makefile

setup: ## make .venv with everything that is needed; quick when that is done
	@python=$$(tools/find-python) && "$$python" tools/setup.py run

setup-tests:
	@python=$$(tools/find-python) && "$$python" tools/setup.py tests

setup-bench:
	@python=$$(tools/find-python) && "$$python" tools/setup.py bench

run: setup ## open the window
	@if [ "$$(uname)" = Linux ] && [ -z "$$DISPLAY$$WAYLAND_DISPLAY$$QT_QPA_PLATFORM" ]; then \
		echo "There is no display here, so no window can open; go on with the command line: .venv/bin/studydesk --help"; \
	else \
		exec .venv/bin/studydesk $(ARGS); \
	fi

test: setup-tests ## run the tests
	@$(PYTHON) -m pytest -n 2 --dist loadgroup -m "not soak" $(ARGS)

check: setup ## lint, format, types, architecture
	@status=0; \
	$(PYTHON) -m ruff check . || status=1; \
	$(PYTHON) -m ruff format --check . || status=1; \
	$(PYTHON) -m mypy || status=1; \
	.venv/bin/lint-imports || status=1; \
	exit $$status

bench: setup-bench ## measure what we promise about speed; ARGS chooses benchmarks
	@$(PYTHON) -m benchmarks $(ARGS)

screenshots: setup ## draw the pictures of docs/screenshots
	@QT_QPA_PLATFORM=offscreen $(PYTHON) tools/screenshots.py $(ARGS)

lock: setup ## remake requirements/*.txt; UPGRADE=1 takes the newest versions
	@$(PYTHON) tools/lock.py $(if $(UPGRADE),--upgrade)

package: setup ## build dist/studydesk, a folder that runs without Python
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check pyinstaller==6.22.3
	@$(PYTHON) -m PyInstaller --noconfirm --clean --log-level WARN studydesk.spec
