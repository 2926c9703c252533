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

/** @returns {Promise<WebAssembly.Module>} the program */
async function fetched() {
  const answer = await fetch(beside("wasm"));
  if (!answer.ok) throw new Error(`${answer.url}: ${answer.status}`);
  return WebAssembly.compile(await answer.arrayBuffer());
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
