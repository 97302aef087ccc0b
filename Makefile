# Bansho. `make run` starts a demonstration on this machine; `make test` runs every test.
# Both install the Debian packages they need first (asks for sudo when not root).

PORT ?= 8443
DATA ?= build/demo

.PHONY: help build run test test-long bench fuzz scan clean deb bundle test-package packages packages-test packages-deb

help:
	@sed -n '1,2s/^# //p' Makefile
	@echo "make build   build the programs into build/bin"
	@echo "make run     build, make a demonstration body in $(DATA) once, serve it on https://127.0.0.1:$(PORT)/"
	@echo "make test    plain build, sanitizer build, browser tests; ends with the counts"
	@echo "make test-long   kill -9, ROUNDS=1000 times, and the attack table, POSITIONS=10000, after make test"
	@echo "make bench   speed, as ratios against bare baselines in the same run"
	@echo "make fuzz    every reader of outside bytes against made-up input, MINUTES=10 each (clang)"
	@echo "make deb     the Debian package, in build/deb"
	@echo "make bundle  the package with all it needs on a bare Debian 12, in build/bundle (as root)"
	@echo "make test-package  install, upgrade, rollback and removal on a bare Debian 12 without network (as root)"
	@echo "make scan    web and TLS scanners from Debian against a demonstration body, signed in"
	@echo "make clean   remove what was built (the demonstration in $(DATA) too)"

packages:
	@tools/install-packages.sh tools/packages-build.txt

packages-test: packages
	@tools/install-packages.sh tools/packages-test.txt

build: packages
	@[ -f build/plain/build.ninja ] || meson setup build/plain -Dtests=false >/dev/null
	@ninja -C build/plain --quiet
	@mkdir -p build/bin
	@for program in bansho banshod bansho-sealer bansho-clock bansho-print bansho-sheet bansho-directory; do \
		cp -f build/plain/src/programs/$$program build/bin/; done

run: build
	@[ -d $(DATA)/bodies ] || build/bin/bansho demo --data $(DATA)
	@build/bin/bansho run --data $(DATA) --port $(PORT)

test: packages-test packages-deb
	@tools/run-tests.sh

# Each line of SEED=… printed by the attack tests reruns that very run.
test-long:
	@ROUNDS=$(or $(ROUNDS),1000) POSITIONS=$(or $(POSITIONS),10000) meson test -C build/check --no-rebuild --verbose \
		--timeout-multiplier 60 crash attack checker

packages-deb: packages
	@tools/install-packages.sh tools/packages-deb.txt

deb: packages-deb
	@tools/build-deb.sh

bundle: deb
	@tools/build-bundle.sh $$(tools/build-deb.sh | tail -n 1)

test-package: packages-test packages-deb
	@tools/test-package.sh

bench: packages-test build
	@bench/run.sh

fuzz: packages
	@tools/install-packages.sh tools/packages-fuzz.txt
	@MINUTES=$(or $(MINUTES),10) tools/fuzz.sh $(TARGETS)

scan: build
	@tools/install-packages.sh tools/packages-scan.txt
	@tools/scan.sh build/bin

clean:
	rm -rf build
