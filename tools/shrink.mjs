// Makes the built files smaller without changing what they do: "node tools/shrink.mjs dist".
//
// The generator of the glue gives each import of the program a long name that ends in a random number. No compressor gets
// rid of those, and they stand in two files: both get short ones. The module is packed (tools/pack.mjs), every script is
// minified, and the program's two files are named after what is in them now, so that no cache ever pairs an old one with a new one.

import { createHash } from "node:crypto";
import { readFileSync, readdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pack } from "./pack.mjs";
import { minify } from "../.tools/node_modules/terser/main.js";

const HEADER_BYTES = 8;
const IMPORT_SECTION = 2;
const FUNCTION = 0;

/** Reads a module from front to back. */
class Reader {
  constructor(bytes, at) {
    this.bytes = bytes;
    this.at = at;
  }

  byte() {
    return this.bytes[this.at++];
  }

  /** A number as WebAssembly writes it: seven bits a byte, the lowest first. */
  number() {
    let value = 0;
    for (let place = 1; ; place *= 128) {
      const byte = this.byte();
      value += (byte % 128) * place;
      if (byte < 128) return value;
    }
  }

  text() {
    const length = this.number();
    this.at += length;
    return this.bytes.toString("utf8", this.at - length, this.at);
  }
}

function number(value) {
  const bytes = [];
  for (; value >= 128; value = Math.floor(value / 128)) bytes.push((value % 128) + 128);
  return Buffer.from([...bytes, value]);
}

function text(value) {
  const bytes = Buffer.from(value);
  return Buffer.concat([number(bytes.length), bytes]);
}

/** The section of the imports with short names; `names` takes what each was called, `from` whose they are. */
function shortImports(reader, names, from) {
  const count = reader.number();
  const imports = [];
  for (let i = 0; i < count; i++) {
    from.add(reader.text());
    const name = reader.text();
    if (reader.byte() !== FUNCTION) throw new Error(`the import ${name} is no function`);
    const type = reader.number();
    if (!names.has(name)) names.set(name, "i" + names.size.toString(36));
    imports.push(text("i"), text(names.get(name)), Buffer.from([FUNCTION]), number(type));
  }
  return Buffer.concat([number(count), ...imports]);
}

/** The module with short names for its imports, what they were, and the one file it imports from. */
function shortModule(bytes) {
  const names = new Map();
  const from = new Set();
  const parts = [bytes.subarray(0, HEADER_BYTES)];
  const reader = new Reader(bytes, HEADER_BYTES);
  while (reader.at < bytes.length) {
    const start = reader.at;
    const section = reader.byte();
    const end = reader.number() + reader.at;
    if (section === IMPORT_SECTION) {
      const body = shortImports(reader, names, from);
      parts.push(Buffer.from([IMPORT_SECTION]), number(body.length), body);
    } else {
      parts.push(bytes.subarray(start, end));
    }
    reader.at = end;
  }
  if (from.size !== 1) throw new Error(`the program imports from ${[...from].join(", ") || "nothing"}`);
  return { module: Buffer.concat(parts), names, from: [...from][0] };
}

/** The glue that offers the same imports under the same short names. */
function shortGlue(glue, names, from) {
  const met = new Set();
  const renamed = glue.replace(/\b__wb\w+(?=: ?function\b)/g, (name) => {
    if (!names.has(name)) return name;
    if (met.has(name)) throw new Error(`the glue offers ${name} twice`);
    met.add(name);
    return names.get(name);
  });
  const lost = [...names.keys()].filter((name) => !met.has(name));
  if (lost.length) throw new Error(`the glue does not offer ${lost.join(", ")}`);
  const quoted = JSON.stringify(from);
  if (renamed.split(quoted).length !== 2) throw new Error(`the glue does not name ${quoted} once`);
  return renamed.replace(quoted, '"i"');
}

async function minified(script) {
  const { code } = await minify(script, { module: true, compress: { passes: 3 } });
  return code;
}

const folder = process.argv[2];
const path = (name) => join(folder, name);
const only = (names, what) => {
  if (names.length !== 1) throw new Error(`${folder} holds ${names.length} of ${what}`);
  return names[0];
};

const files = readdirSync(folder);
const program = only(files.filter((name) => name.endsWith("_bg.wasm")), "*_bg.wasm");
const stem = program.slice(0, -"_bg.wasm".length);
const { module, names, from } = shortModule(readFileSync(path(program)));
const glue = await minified(shortGlue(readFileSync(path(`${stem}.js`), "utf8"), names, from));
writeFileSync(path(program), pack(module));
writeFileSync(path(`${stem}.js`), glue);

const digest = createHash("sha256").update(module).update(glue).digest("hex").slice(0, 16);
const named = stem.replace(/-[0-9a-f]+$/, `-${digest}`);
for (const ending of [".js", "_bg.wasm"]) renameSync(path(stem + ending), path(named + ending));
writeFileSync(path("index.html"), readFileSync(path("index.html"), "utf8").replaceAll(stem, named));

for (const name of ["boot.js", "embed.js"]) writeFileSync(path(name), await minified(readFileSync(path(name), "utf8")));
