// @ts-check
// Starts the program, in the page and in its worker, and says when it cannot be started.
//
// The page names the program's two files in the links that trunk writes; the worker is told them behind the "#" of its address.
// So both load the same addresses, and the browser's cache serves the second. Another worker is told the files of the program that
// looks at heads; the page starts it with the first photo.

const inPage = typeof document !== "undefined";

/** @typedef {{ js: string, wasm: string }} Files the addresses of the program's two files */

/**
 * @param {Files} files
 * @param {Promise<void>} [prepared] has to come before the program runs
 * @returns {Promise<void>} when the program runs
 */
async function run(files, prepared) {
  const coming = fetch(files.wasm);
  // WebKit gives a fetch nothing of what it loads ahead, and would load the module twice.
  if (inPage) link("link[rel=preload]").remove();
  const [program, answer] = await Promise.all([import(files.js), coming, prepared]);
  // Compiles while it streams, or from all bytes where the server sends another media type.
  await program.default({ module_or_path: answer });
}

/**
 * @param {string} selector
 * @returns {HTMLLinkElement}
 */
function link(selector) {
  const found = document.querySelector(selector);
  if (found instanceof HTMLLinkElement) return found;
  throw new Error(`The page has no ${selector}`);
}

/**
 * @param {HTMLLinkElement} sheet
 * @returns {Promise<void>} when it is there
 */
function loaded(sheet) {
  return new Promise((resolve, reject) => {
    const fail = () => reject(new Error(`${sheet.href} did not load`));
    if (sheet.sheet) {
      // Where it failed before this script ran, some browsers have an empty sheet.
      if (sheet.sheet.cssRules.length) resolve();
      else fail();
    } else {
      sheet.addEventListener("load", () => resolve());
      sheet.addEventListener("error", fail);
    }
  });
}

/** @returns {Promise<void>} when the program's sheets apply, which is only when none is missing */
async function styled() {
  /** @type {NodeListOf<HTMLLinkElement>} */
  const sheets = document.querySelectorAll("link[rel=stylesheet][media=print]");
  if (!sheets.length) throw new Error("The page has no sheets");
  await Promise.all(Array.from(sheets, loaded));
  for (const sheet of sheets) sheet.media = "all";
}

/**
 * @param {Files} files
 * @returns {string} the address of a worker that runs them: this script
 */
function workerAddress(files) {
  return `${import.meta.url}#${new URLSearchParams(files)}`;
}

/** @returns {Promise<void>} */
async function startPage() {
  const files = { js: link("link[rel=modulepreload]").href, wasm: link("link[rel=preload]").href };
  // Their names are the same in every version: with this program's name behind them, a cache has none of an older one.
  const beside = (/** @type {string} */ name) => new URL(`${name}?${files.js.split("/").pop()}`, files.js).href;
  document.documentElement.dataset.worker = workerAddress(files);
  document.documentElement.dataset.heads = workerAddress({ js: beside("heads.js"), wasm: beside("heads_bg.wasm") });
  await run(files, styled());
  watchForTraps();
}

/**
 * Shows the way back when the program traps: out of memory, out of the stack, or by an exception that went through it. Nothing
 * that it does after that can be trusted, so it is not asked either whether the page may be left.
 */
function watchForTraps() {
  const check = (/** @type {unknown} */ error) => {
    // All engines name a function of a module so, however the module was loaded; but a stack that is full is told by its top alone.
    const isTrap =
      error instanceof WebAssembly.RuntimeError ||
      (error instanceof Error && /wasm-function\[|call stack|recursion/.test(`${error.message} ${error.stack ?? ""}`));
    if (!isTrap) return;
    addEventListener("beforeunload", (event) => event.stopImmediatePropagation(), { capture: true });
    document.getElementById("app")?.remove();
    document.getElementById("fault")?.removeAttribute("hidden");
  };
  addEventListener("error", (event) => check(event.error));
  addEventListener("unhandledrejection", (event) => check(event.reason));
}

/** @returns {Promise<void>} */
async function startWorker() {
  const files = new URLSearchParams(location.hash.slice(1));
  await run({ js: files.get("js") ?? "", wasm: files.get("wasm") ?? "" });
}

/**
 * Shows the page's own sentence in place of a program that did not start.
 *
 * @param {unknown} error
 */
function showFault(error) {
  console.error(error);
  document.getElementById("app")?.remove();
  const fault = document.getElementById("fault");
  if (!fault) return;
  if (fault.dataset.kind !== "old") fault.dataset.kind = "start";
  fault.hidden = false;
}

if (inPage) {
  await startPage().catch(showFault);
} else {
  await startWorker();
}
