// Keeps what goes wrong in a page and in its workers, for the harness to read. Runs once in each document and worker; a
// worker tells the page that started it.
(() => {
  const inPage = typeof document !== "undefined";
  if (globalThis.__e2eSeen) return;
  const seen = [];
  Object.defineProperty(globalThis, "__e2eSeen", { value: seen });
  const note = inPage
    ? (kind, text) => seen.push([kind, String(text)])
    : (kind, text) => postMessage({ __e2e: [kind, "in a worker: " + text] });
  const told = (value) => (value?.stack ? String(value) + " " + value.stack : String(value));

  addEventListener(
    "error",
    (event) => {
      const source = event.target;
      if (inPage && source instanceof Element) note("network", "cannot load " + (source.src || source.href || source.tagName));
      else note("uncaught", `${event.message} (${event.filename}:${event.lineno}) ${event.error?.stack ?? ""}`);
    },
    true,
  );
  addEventListener("unhandledrejection", (event) => note("uncaught", "rejected: " + told(event.reason)));
  (inPage ? document : globalThis).addEventListener("securitypolicyviolation", (event) =>
    note("policy", event.effectiveDirective + " blocks " + (event.blockedURI || "inline")),
  );
  const print = console.error;
  console.error = function (...words) {
    note("console", words.map(told).join(" "));
    return print.apply(this, words);
  };

  if (!inPage || typeof Worker === "undefined") return;
  globalThis.Worker = class extends Worker {
    constructor(...how) {
      super(...how);
      // Heard before any listener of the page, which is not to see what is meant for the harness.
      this.addEventListener("message", (event) => {
        if (!event.data?.__e2e) return;
        event.stopImmediatePropagation();
        note(...event.data.__e2e);
      });
      // A worker that could not be loaded tells nothing itself.
      this.addEventListener("error", (event) => note("uncaught", "a worker: " + (event.message || "could not be started")));
    }
  };
})();
