// @ts-check
// Starts the program, in the page and in its worker. The page names the program's two files in this script's attributes.
// A worker is told the first by its own address, and gets the second, compiled already, as its first message.

const here = new URL(import.meta.url);
const inPage = typeof document !== "undefined";

/** @type {Promise<WebAssembly.Module> | null} before anything is awaited: a message that nobody waits for is lost */
const handed = inPage ? null : new Promise((take) => {
  addEventListener("message", (event) => take(event.data), { once: true });
});

/**
 * @param {string} name of a file of the program
 * @returns {string} its address: only files beside this one are ever loaded
 */
function beside(name) {
  const tag = inPage ? document.querySelector("script[data-wasm]") : null;
  const named = (tag ? tag.getAttribute("data-" + name) : here.searchParams.get(name)) ?? "";
  return new URL("./" + named.split("/").pop(), here).href;
}

/**
 * Puts a module together that tools/pack.mjs took apart: there it says why, and what lies in which stream.
 *
 * @param {ArrayBuffer} packed
 * @returns {Uint8Array<ArrayBuffer>} the module
 */
function unpack(packed) {
  const [size, codeAt, functions, ...lengths] = new Uint32Array(packed, 0, 14);
  const bytes = new Uint8Array(packed);
  let from = 56;
  const [plain, types, floats, locals, code, short, long, branches, blocks, writes, reads] = lengths.map((length) => {
    const stream = { at: from };
    from += length;
    return stream;
  });
  // A function's size is written before it, and known after it: five bytes are the most that a number takes.
  const module = new Uint8Array(size + 5);
  let end = 0;
  /** @param {{ at: number }} stream @param {number} count of bytes */
  const copy = (stream, count) => {
    for (; count > 0; count--) module[end++] = bytes[stream.at++];
  };
  /** @param {{ at: number }} stream @returns {number} the number that was copied */
  const number = (stream) => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = bytes[stream.at++];
      module[end++] = byte;
      value += (byte % 128) * scale;
      if (byte < 128) return value;
    }
  };
  /** @param {number} start of what was written last; its size is put before it */
  const measure = (start) => {
    const digits = [];
    let value = end - start;
    for (; value >= 128; value = Math.floor(value / 128)) digits.push((value % 128) + 128);
    digits.push(value);
    module.copyWithin(start + digits.length, start, end);
    module.set(digits, start);
    end += digits.length;
  };
  /** @returns {number} by how many blocks more this instruction is inside of */
  const instruction = () => {
    const what = bytes[code.at++];
    module[end++] = what === 255 ? 65 : what;
    if (what === 65) number(short);
    else if (what === 255) number(long);
    else if (what >= 32 && what <= 34) number(locals);
    else if (what >= 40 && what <= 62) {
      number(code);
      number(what < 54 ? reads : writes);
    } else if (what >= 2 && what <= 4) {
      number(blocks);
      return 1;
    } else if (what === 11) return -1;
    else if (what === 12 || what === 13) number(branches);
    else if (what === 17) {
      number(branches);
      number(branches);
    } else if (what === 67) copy(floats, 4);
    else if (what === 68) copy(floats, 8);
    else if (what === 14) for (let rest = number(branches) + 1; rest > 0; rest--) number(branches);
    else if (what === 28) for (let rest = number(code); rest > 0; rest--) number(code);
    else if (what === 252) {
      const which = number(code);
      for (let rest = which < 8 ? 0 : [8, 10, 12, 14].includes(which) ? 2 : 1; rest > 0; rest--) number(code);
    } else if ([16, 35, 36, 37, 38, 63, 64, 66, 208, 210].includes(what)) number(code);
    return 0;
  };

  copy(plain, codeAt);
  module[end++] = 10;
  const section = end;
  let count = functions;
  for (; count >= 128; count = Math.floor(count / 128)) module[end++] = (count % 128) + 128;
  module[end++] = count;
  for (let index = 0; index < functions; index++) {
    const start = end;
    for (let groups = number(types); groups > 0; groups--) {
      number(types);
      copy(types, 1);
    }
    for (let depth = 1; depth > 0; ) depth += instruction();
    measure(start);
  }
  measure(section);
  copy(plain, lengths[0] - codeAt);
  return module.subarray(0, end);
}

/** @returns {Promise<WebAssembly.Module>} the program */
async function fetched() {
  const answer = await fetch(beside("wasm"));
  if (!answer.ok) throw new Error(`${answer.url}: ${answer.status}`);
  const packed = await answer.arrayBuffer();
  const bytes = new Uint8Array(packed);
  // A module that nobody packed begins with its own name: "\0asm".
  return WebAssembly.compile(bytes[0] === 0 && bytes[1] === 97 ? bytes : unpack(packed));
}

/** Shows the page's own sentence instead of an empty box, with the clinic's contact if it can be had. */
async function showFault() {
  document.getElementById("app")?.remove();
  document.getElementById("fault")?.removeAttribute("hidden");
  const line = document.getElementById("fault-contact");
  const config = await fetch("hairline.config.json").then((answer) => answer.json()).catch(() => null);
  const ways = [config?.clinic?.phone, config?.clinic?.email].filter((way) => typeof way === "string" && way);
  if (line && ways.length) line.textContent = ways.join(", ");
}

if (inPage) {
  document.getElementById("fault-reload")?.addEventListener("click", () => location.reload());
}

try {
  const program = await import(beside("js"));
  await program.default({ module_or_path: handed ? await handed : await fetched() });
} catch (error) {
  console.error(error);
  if (!inPage) throw error;
  await showFault();
}
