# What a person does with the project. The scripts in tools/ say what each needs and does.

export PATH := $(or $(CARGO_HOME),$(HOME)/.cargo)/bin:$(PATH)

.PHONY: run build test bench bench-inbox truth sample fmt lint clean

# Opens the program at http://127.0.0.1:8080 and its staff's pages at /inbox; keeps what is sent in the folder received. The
# first time it makes the account "owner" and shows its password once.
run: build
	cargo run --locked --release -p inbox -- --dist dist --received received --port 8080 --first-owner

# Builds the program for the browser into dist.
build:
	tools/setup run
	tools/build

# Runs every check and test, in Chromium, Firefox and WebKit.
test:
	tools/setup test
	tools/test

# Measures painting against a floor in the same run.
bench:
	cargo bench --locked -p hairline-designer --bench painting

# Kills the receiver 50 times and sends it 200 requests of 2 MB, on SQLite and on PostgreSQL.
bench-inbox: export INBOX_KILLS = 50
bench-inbox: export INBOX_LOAD = 200
bench-inbox: export INBOX_LOAD_BYTES = 2000000
bench-inbox:
	tools/setup test
	cargo test --locked -p inbox --test over_http enduring -- --nocapture
	tools/test-inbox enduring --nocapture

# Holds lengths, areas, dots, ink and the browsers' pictures against what is known exactly; fails where one falls short.
truth: build
	tools/setup test
	tools/truth

# Draws the sample head anew into assets/sample.
sample:
	cargo run --locked --release -p sample-head

fmt:
	cargo fmt --all

lint:
	cargo clippy --locked --workspace --all-targets -- -D warnings
	cargo clippy --locked -p hairline-designer --target wasm32-unknown-unknown --lib --bins --tests -- -D warnings

# Removes what was built; the tools in .tools and the requests in received stay.
clean:
	cargo clean
	rm -rf dist
