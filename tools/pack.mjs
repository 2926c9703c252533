// Packs a WebAssembly module so that it compresses better: "pack(module)" is what "unpack" of boot.js puts together again.
//
// A compressor finds in code what it has seen before. The numbers among the instructions (which local, which constant, where
// in memory) differ each time, and tear apart the instructions that repeat. Here each kind of number lies in a stream of its
// own and the instructions follow one another: a tenth less to load. Only code is taken apart; the other sections stay.

/** The streams, in the order in which they lie in the file, which was found by trying: sections besides code, types of locals,
 * constants with a point, locals, instructions, short and long constants, where branches go, types of blocks, and offsets in
 * memory that are written and read. */
const STREAMS = ["plain", "types", "floats", "locals", "code", "short", "long", "branches", "blocks", "writes", "reads"];
/** A constant of more bytes is a long one. */
const SHORT_BYTES = 4;
/** Stands for a constant that lies in the stream of long ones: no instruction begins with this byte. */
const LONG_CONSTANT = 0xff;
const CODE_SECTION = 10;
const HEADER_BYTES = 8;
/** Instructions behind 0xfc, and how many numbers follow each. */
const BULK = new Map([[8, 2], [9, 1], [10, 2], [11, 1], [12, 2], [13, 1], [14, 2], [15, 1], [16, 1], [17, 1]]);

/** @param {Uint8Array} module @returns {Buffer} */
export function pack(module) {
  /** @type {Record<string, number[]>} */
  const streams = Object.fromEntries(STREAMS.map((name) => [name, []]));
  let at = HEADER_BYTES;
  const copy = (stream, end) => {
    for (; at < end; at++) streams[stream].push(module[at]);
  };
  /** Where the number ends that begins at a place. */
  const after = (place) => {
    while (module[place] >= 128) place++;
    return place + 1;
  };
  const numbers = (stream, count = 1) => {
    for (; count > 0; count--) copy(stream, after(at));
  };
  const value = (place) => {
    let number = 0;
    for (let scale = 1; ; scale *= 128) {
      number += (module[place] % 128) * scale;
      if (module[place++] < 128) return number;
    }
  };

  function instruction() {
    const code = module[at];
    if (code === 0x41) {
      const isLong = after(at + 1) - at > SHORT_BYTES;
      streams.code.push(isLong ? LONG_CONSTANT : code);
      at++;
      return numbers(isLong ? "long" : "short");
    }
    copy("code", at + 1);
    if (code >= 0x20 && code <= 0x22) return numbers("locals");
    if (code >= 0x28 && code <= 0x3e) {
      numbers("code");
      return numbers(code < 0x36 ? "reads" : "writes");
    }
    if (code === 0x0c || code === 0x0d) return numbers("branches");
    if (code >= 0x02 && code <= 0x04) return numbers("blocks");
    if (code === 0x10) return numbers("code");
    if ((code >= 0x23 && code <= 0x26) || code === 0x3f || code === 0x40 || code === 0x42) return numbers("code");
    if (code === 0xd0 || code === 0xd2) return numbers("code");
    if (code === 0x11) return numbers("branches", 2);
    if (code === 0x43) return copy("floats", at + 4);
    if (code === 0x44) return copy("floats", at + 8);
    if (code === 0x0e) return numbers("branches", value(at) + 2);
    if (code === 0x1c) return numbers("code", value(at) + 1);
    if (code === 0xfc) {
      const count = BULK.get(value(at)) ?? 0;
      return numbers("code", 1 + count);
    }
    const isPlain = code <= 0x01 || code === 0x05 || code === 0x0b || code === 0x0f || code === 0x1a || code === 0x1b;
    if (!isPlain && !(code >= 0x45 && code <= 0xc4) && code !== 0xd1) throw new Error(`instruction ${code} is not known`);
  }

  let codeAt = 0;
  let functions = 0;
  streams.plain.push(...module.subarray(0, HEADER_BYTES));
  while (at < module.length) {
    const end = after(at + 1) + value(at + 1);
    if (module[at] !== CODE_SECTION) {
      copy("plain", end);
      continue;
    }
    at = after(at + 1);
    functions = value(at);
    at = after(at);
    codeAt = streams.plain.length;
    for (let index = 0; index < functions; index++) {
      const last = after(at) + value(at);
      at = after(at);
      const groups = value(at);
      numbers("types");
      for (let group = 0; group < groups; group++) {
        numbers("types");
        copy("types", at + 1);
      }
      while (at < last) instruction();
      if (at !== last) throw new Error(`function ${index} does not end where it says`);
    }
  }
  const head = new Uint32Array([module.length, codeAt, functions, ...STREAMS.map((name) => streams[name].length)]);
  return Buffer.concat([Buffer.from(head.buffer), ...STREAMS.map((name) => Buffer.from(streams[name]))]);
}
