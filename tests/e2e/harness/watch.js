// Keeps what goes wrong in the page, for the harness to read. Runs once a document.
(() => {
  if (window.__e2eSeen) return;
  const seen = [];
  Object.defineProperty(window, "__e2eSeen", { value: seen });
  const note = (kind, text) => seen.push([kind, String(text)]);
  const told = (value) => (value?.stack ? String(value) + " " + value.stack : String(value));
  addEventListener(
    "error",
    (event) => {
      const source = event.target;
      if (source instanceof Element) note("network", "cannot load " + (source.src || source.href || source.tagName));
      else note("uncaught", event.message + " (" + event.filename + ":" + event.lineno + ")");
    },
    true,
  );
  addEventListener("unhandledrejection", (event) => note("uncaught", "rejected: " + told(event.reason)));
  document.addEventListener("securitypolicyviolation", (event) =>
    note("policy", event.effectiveDirective + " blocks " + (event.blockedURI || "inline")),
  );
  const print = console.error;
  console.error = function (...words) {
    note("console", words.map(told).join(" "));
    return print.apply(this, words);
  };
})();
