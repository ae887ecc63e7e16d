# make run        build and start the demo: the address and the sign-ins are printed
# make test       everything that CI runs: build, lint, Swift tests, web tests, end-to-end tests, browser tests
# make lint       format, static checks, file lengths, names
# make format     formats all Swift, as lint wants it
# make kill       the kill test, fifty rounds
# make scale      thousands of open streams and a queue of 100,000 at full size, with a release build
# make bench      release build, then the measures, as ratios beside raw SQLite
# make release    release build, packed as .build/patchbay-linux-ARCH.tar.gz
# make screenshots   the README's pictures, from this build

.PHONY: run test lint format kill scale bench release screenshots
ARGS ?=
PYTHON := .venv/bin/python

run:
	@.ci/setup run
	swift build
	.build/debug/patchbay demo $(ARGS)

test:
	@.ci/test

lint:
	@.ci/setup test
	@.ci/lint

format:
	git ls-files -co --exclude-standard '*.swift' | xargs -d '\n' swift format format -i --parallel

kill:
	@.ci/setup test
	swift build
	PATCHBAY_KILL_ROUNDS=$${PATCHBAY_KILL_ROUNDS:-50} $(PYTHON) -m pytest -s Tests/EndToEnd/test_kill.py $(ARGS)

scale:
	@.ci/setup test
	swift build -c release
	PATCHBAY_PROGRAM=$(CURDIR)/.build/release/patchbay PATCHBAY_STREAMS=2000 PATCHBAY_IDLE_STREAMS=10000 \
	    PATCHBAY_QUEUED=100000 $(PYTHON) -m pytest -s Tests/EndToEnd/test_scale.py $(ARGS)

bench:
	@.ci/setup run
	swift build -c release
	python3 Tests/Bench/bench.py $(ARGS)

release:
	@.ci/setup run
	swift build -c release
	@.ci/pack

screenshots:
	@.ci/setup test
	swift build
	$(PYTHON) Tests/Browser/screenshots.py $(ARGS)
