// @ts-check
// Says what is wrong when the program does not come, and how to reach the clinic. It is a script apart from boot.js, in the
// language of old browsers, so that it runs where boot.js is missing or cannot even be read.
(function () {
  "use strict";

  /** How long after the page was asked for the visitor is told that it takes long, milliseconds. */
  var PATIENCE_MS = 8000;

  /**
   * A module that uses what the program uses: mutable globals, several results, references, filling of memory, extension of
   * signs and conversion without traps.
   */
  var FEATURES = [
    0, 97, 115, 109, 1, 0, 0, 0, 1, 12, 2, 96, 1, 111, 2, 127, 127, 96, 0, 2, 127, 127, 2, 6, 1, 0, 0, 3, 127, 1, 3, 2, 1, 0, 4,
    4, 1, 111, 0, 1, 5, 3, 1, 0, 1, 10, 29, 1, 27, 0, 65, 0, 32, 0, 38, 0, 65, 0, 65, 0, 65, 0, 252, 11, 0, 65, 0, 192, 67, 0, 0,
    0, 0, 252, 0, 11,
  ];

  /** Where the program will stand; boot.js removes it when the program cannot come. */
  var app = document.getElementById("app");
  var fault = /** @type {HTMLElement} */ (document.getElementById("fault"));
  var reload = /** @type {HTMLElement} */ (document.getElementById("fault-reload"));

  /** @param {string} kind names the sentence that is shown */
  function show(kind) {
    fault.setAttribute("data-kind", kind);
    fault.removeAttribute("hidden");
  }

  /** @returns {boolean} whether this browser has what the program cannot do without: the README names the versions */
  function canRun() {
    if (typeof WebAssembly !== "object" || !WebAssembly.validate(new Uint8Array(FEATURES))) return false;
    return typeof OffscreenCanvas === "function" && CSS.supports("height", "1dvh");
  }

  /**
   * @param {string} address
   * @param {string} text
   * @returns {HTMLAnchorElement}
   */
  function link(address, text) {
    var made = document.createElement("a");
    made.href = address;
    made.textContent = text;
    return made;
  }

  /** @param {{ name?: unknown, phone?: unknown, email?: unknown }} clinic as its configuration names it */
  function showContact(clinic) {
    var line = document.getElementById("fault-contact");
    var ways = [];
    if (typeof clinic.phone === "string" && clinic.phone) {
      ways.push(link("tel:" + clinic.phone.replace(/[^+0-9]/g, ""), clinic.phone));
    }
    if (typeof clinic.email === "string" && clinic.email) ways.push(link("mailto:" + clinic.email, clinic.email));
    if (!line || !ways.length) return;
    line.textContent = typeof clinic.name === "string" && clinic.name ? ": " + clinic.name : ":";
    for (var i = 0; i < ways.length; i++) line.appendChild(ways[i]);
  }

  var isContactAsked = false;

  /** Asks for the clinic's contact once the section is shown, whoever showed it. */
  function askForContact() {
    if (isContactAsked || fault.hasAttribute("hidden")) return;
    isContactAsked = true;
    var request = new XMLHttpRequest();
    request.onload = function () {
      try {
        showContact(JSON.parse(request.responseText).clinic);
      } catch (error) {
        // Without a configuration the section has no contact to name.
        console.warn(error);
      }
    };
    request.open("GET", "hairline.config.json");
    request.send();
  }

  /** Takes back that it takes long once the program stands in place of the page that waited. */
  function heed() {
    if (document.getElementById("start") || !document.getElementById("app")) return;
    clearTimeout(timer);
    if (fault.getAttribute("data-kind") === "slow") {
      fault.setAttribute("hidden", "");
      fault.setAttribute("data-kind", "broke");
    }
  }

  var timer = setTimeout(function () {
    if (document.getElementById("start")) show("slow");
  }, Math.max(0, PATIENCE_MS - performance.now()));

  if (app) new MutationObserver(heed).observe(app, { childList: true });
  new MutationObserver(askForContact).observe(fault, { attributes: true });
  reload.addEventListener("click", function () {
    location.reload();
  });
  // What the sheet would say by itself is said better from here on.
  var late = document.querySelector(".start-late");
  if (late) late.remove();

  heed();
  askForContact();
  if (!canRun()) {
    if (app) app.remove();
    show("old");
  }
})();
