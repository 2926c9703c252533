// @ts-check
// Says what is wrong when the program does not come, and how to reach the clinic. It is a script apart from boot.js, in the
// language of old browsers, so that it runs where boot.js is missing or cannot even be read.
(function () {
  "use strict";

  /** How long after the page was asked for the visitor is told that it takes long, milliseconds. */
  var TIMEOUT_MS = 8000;

  /**
   * A module that uses what the program uses: mutable globals, several results, references, filling of memory, extension of
   * signs and conversion without traps.
   */
  var FEATURES = [
    0, 97, 115, 109, 1, 0, 0, 0, 1, 12, 2, 96, 1, 111, 2, 127, 127, 96, 0, 2, 127, 127, 2, 6, 1, 0, 0, 3, 127, 1, 3, 2, 1, 0, 4,
    4, 1, 111, 0, 1, 5, 3, 1, 0, 1, 10, 29, 1, 27, 0, 65, 0, 32, 0, 38, 0, 65, 0, 65, 0, 65, 0, 252, 11, 0, 65, 0, 192, 67, 0, 0,
    0, 0, 252, 0, 11,
  ];

  /** What is said in place of the program, whoever removes that and shows this. */
  var fault = /** @type {HTMLElement} */ (document.getElementById("fault"));
  /** What is said on the page that waits. It goes with that page, which may be gone already. */
  var slow = document.getElementById("slow");

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
    var lines = document.querySelectorAll(".clinic-contact");
    for (var i = 0; i < lines.length; i++) {
      var ways = [];
      if (typeof clinic.phone === "string" && clinic.phone) {
        ways.push(link("tel:" + clinic.phone.replace(/[^+0-9]/g, ""), clinic.phone));
      }
      if (typeof clinic.email === "string" && clinic.email) ways.push(link("mailto:" + clinic.email, clinic.email));
      if (!ways.length) return;
      lines[i].textContent = typeof clinic.name === "string" && clinic.name ? ": " + clinic.name : ":";
      for (var j = 0; j < ways.length; j++) lines[i].appendChild(ways[j]);
    }
  }

  var isContactAsked = false;

  /** Asks for the clinic's contact once there is something to be said. */
  function askForContact() {
    var isSlowSaid = slow && !slow.hasAttribute("hidden");
    if (isContactAsked || (fault.hasAttribute("hidden") && !isSlowSaid)) return;
    isContactAsked = true;
    var request = new XMLHttpRequest();
    request.onload = function () {
      try {
        showContact(JSON.parse(request.responseText).clinic);
      } catch (error) {
        // Without a configuration there is no contact to name.
        console.warn(error);
      }
    };
    request.open("GET", "hairline.config.json");
    request.send();
  }

  function reload() {
    location.reload();
  }

  setTimeout(function () {
    if (slow && document.body.contains(slow)) slow.removeAttribute("hidden");
  }, Math.max(0, TIMEOUT_MS - performance.now()));

  var shown = new MutationObserver(askForContact);
  shown.observe(fault, { attributes: true });
  if (slow) shown.observe(slow, { attributes: true });
  var keys = document.querySelectorAll(".reload-key > button");
  for (var i = 0; i < keys.length; i++) keys[i].addEventListener("click", reload);
  // What the sheet would say by itself is said better from here on.
  var late = document.querySelector(".start-late");
  if (late) late.remove();

  askForContact();
  if (!canRun()) {
    var app = document.getElementById("app");
    if (app) app.remove();
    fault.setAttribute("data-kind", "old");
    fault.removeAttribute("hidden");
  }
})();
