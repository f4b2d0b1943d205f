# Lianluo (联络站). What builds or tests first installs what this computer lacks; "make" alone lists the targets.
TAGS     := -tags x11,migrated_fynedo
# With the GLFW that .ci/patched makes. Linters do not take a -modfile, and find the same Go without it.
FLAGS    := -modfile=bin/patched.mod $(TAGS),caret
LINT     := github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0
FUZZTIME ?= 10s
RACE     ?= AllAtOnce

export LANG := zh_CN.UTF-8

.PHONY: help run test test-windows test-sealed worlds test-days vet test-transport soak build commands dist test-dist lint race bench bench-exchange bench-reports old fuzz clean system patched

help:
	@echo 'make run    open the program with a practice station (without a display: play a county on disk)'
	@echo 'make test   every test          make race   a window at work, with the race detector (make race RACE=. all tests)'
	@echo 'make bench  the measurements    make fuzz   $(FUZZTIME) of each fuzz test'
	@echo 'make worlds  1,950 more worlds of chaos, 80 over sealed homes, 130 more with a traitor, a month of 50 stations, the sums of 13'
	@echo '            counties, a stolen computer'
	@echo 'make test-days  every test just before midnight, on a leap day and at the end of 2031, in other zones and languages'
	@echo 'make test-sealed  the tests of app again, over protected homes'
	@echo 'make test-transport  over two Syncthings (installed if missing), sticks and full disks'
	@echo 'make test-windows  the commands built for Windows play stories under wine (installs it); all tests compile for it'
	@echo 'make soak   708 stations for 260 weeks, 20,000 worlds of chaos, hundreds of deaths, and one at every system call'
	@echo 'make old    the program of before this version and that of today exchange, in every combination'
	@echo 'make bench-exchange  the exchange beside PouchDB (installs it outside the tree)'
	@echo 'make bench-reports  the tables of a city beside plain SQL and DuckDB (installs it outside the tree)'
	@echo 'make lint   the rules of .golangci.yml     make vet    what go vet finds'
	@echo 'make build  bin/lianluo         make clean  removes bin/, dist/ and practice/'
	@echo 'make dist   what is published, in dist/: packages for Debian, UOS, Kylin and Windows (root; takes an hour at first)'
	@echo 'make test-dist  each package is looked at, installed, used, updated and removed again'
	@echo 'make commands  bin/lianluo-commands, the commands alone: no window, no Fyne, OpenGL or X11'

run: build
	@.ci/practice

test: patched
	go test $(FLAGS) -timeout 60m ./...
	go test $(FLAGS),beside ./assets/fonts

worlds: patched
	go test $(FLAGS) ./app -count 1 -timeout 60m -run 'TestChaos|TestWorlds' -seeds 1950 -seed 51 -traitors 130 -traitor 70
	LIANLUO_SEALED=age go test $(FLAGS) ./app -count 1 -run TestChaos -seeds 40 -seed 4001
	LIANLUO_SEALED=sm go test $(FLAGS) ./app -count 1 -run TestChaos -seeds 40 -seed 4041
	go test $(FLAGS) ./ui/command -count 1 -timeout 60m -run TestPrograms -whole
	go test $(FLAGS) ./ui/command -count 1 -timeout 60m -run TestStolen -whole -args -people 200 -deaths 60
	go test $(FLAGS) ./ui/command -count 1 -run 'TestMonth' -args -stations 50 -deputies 18
	go test $(FLAGS) ./ui/command -count 1 -timeout 60m -run 'TestSums' -v -args -counties 13 -tables 120 -rounds 8

test-sealed: patched
	LIANLUO_SEALED=age go test $(FLAGS) -timeout 60m ./app/...
	LIANLUO_SEALED=sm go test $(FLAGS) -timeout 60m ./app/archive ./app/courier ./app/trust
	LIANLUO_SEALED=sm go test $(FLAGS) -timeout 60m ./app -run 'TestFault|TestChaos|TestWorlds|TestSheet|TestRedact'

test-days: patched
	@.ci/days $(FLAGS) ./...

test-transport: system
	@.ci/transport

test-windows:
	@.ci/windows vet . ./app/... ./assets/... ./data/... ./ui/command/... ./ui/console
	@.ci/windows ./ui/console ./data/home ./data/disk ./app/explain
	@.ci/windows ./app/courier ./data/sealed/pages ./data/search -run 'TestHeldMeanwhile|TestAddressed|TestStays'
	@.ci/windows ./ui/command -run 'TestScripts/^(check|exchange|init|protect|report|restore|update|user|windows)$$'

soak: patched
	go test $(FLAGS) ./app -count 1 -timeout 2h -v -run 'TestYears|TestKilled|TestFault(08|09|10|11|24)|TestChaos' -seeds 20000 -stations 708 -weeks 260 -kills 100 -every

build: patched
	go build $(FLAGS) -buildvcs=false -o bin/lianluo$$(go env GOEXE) .

vet: patched
	go vet $(FLAGS) ./...

commands: system
	go build -tags nowindow -buildvcs=false -o bin/lianluo-commands$$(go env GOEXE) .

dist: system
	@.ci/dist

test-dist:
	@.ci/package/try-linux
	@.ci/package/try-windows
	@.ci/package/try-update

lint: system
	go run $(LINT) run

race: patched
	go test $(FLAGS) -race -timeout 60m -run '$(RACE)' $(if $(filter AllAtOnce,$(RACE)),./app ./ui/window,./...)

old: patched
	@.ci/old $(FLAGS)

bench: build
	go test $(FLAGS) -run '^$$' -bench . -benchmem ./...
	bin/lianluo bench

bench-exchange: system
	@.ci/pouchdb

bench-reports: system
	@.ci/duckdb

fuzz: patched
	@grep -rHo '^func Fuzz[A-Za-z0-9]*' --include='*_test.go' . | sed 's|/[^/]*:func | |' | while read -r dir name; do \
		go test $(FLAGS) -run '^$$' -fuzz "^$$name\$$" -fuzztime $(FUZZTIME) "$$dir" </dev/null || exit 1; done

clean:
	rm -rf bin dist practice

patched: system
	@.ci/patched

system:
	@.ci/system
