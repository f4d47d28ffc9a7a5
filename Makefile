# Rules:
#   make setup      install the Debian packages that building and testing need
#   make build      build the release binary
#   make check      format lint, build without warnings, all tests
#   make test       the tests
#   make format     format every Swift file in place
#   make clean      remove what was built

SWIFT ?= swift
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)

BUILD_PACKAGES := pkg-config libasound2-dev libsndfile1-dev libsoxr-dev libespeak-ng-dev \
  libwebsockets-dev libssl-dev

.PHONY: setup build check lint test format clean

setup:
	$(SUDO) apt-get update -qq
	$(SUDO) apt-get install -y -qq --no-install-recommends $(BUILD_PACKAGES)

build:
	$(SWIFT) build -c release --static-swift-stdlib

lint:
	$(SWIFT) format lint --strict --recursive Package.swift Sources Tests

check: lint test

test:
	$(SWIFT) test

format:
	$(SWIFT) format --in-place --recursive Package.swift Sources Tests

clean:
	$(SWIFT) package clean
