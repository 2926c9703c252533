// @ts-check
// Starts the program, in the page and in its worker. The page names the program's two files in this script's attributes;
// a worker is told by its own address.

const here = new URL(import.meta.url);
const inPage = typeof document !== "undefined";

/** @returns {{ js: string, wasm: string }} addresses of the program's two files */
function files() {
  const tag = inPage ? document.querySelector("script[data-wasm]") : null;
  const named = (/** @type {string} */ name) =>
    (tag ? tag.getAttribute("data-" + name) : here.searchParams.get(name)) ?? "";
  // Only files beside this one are ever loaded.
  const beside = (/** @type {string} */ name) => new URL("./" + named(name).split("/").pop(), here).href;
  return { js: beside("js"), wasm: beside("wasm") };
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
  const { js, wasm } = files();
  const program = await import(js);
  await program.default({ module_or_path: wasm });
} catch (error) {
  console.error(error);
  if (!inPage) throw error;
  await showFault();
}
