# What a person does with the project. The scripts in tools/ say what each needs and does.

export PATH := $(or $(CARGO_HOME),$(HOME)/.cargo)/bin:$(PATH)

.PHONY: run build test bench truth sample fmt lint clean

# Opens the program at http://127.0.0.1:8080 and keeps what is sent in the folder received.
run: build
	cargo run --locked --release -p inbox -- --dist dist --received received --port 8080

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
