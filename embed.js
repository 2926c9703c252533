// @ts-check
// <hairline-designer> for a clinic's page: a poster and a button, then the program in a frame on its own address, where no
// script of the page can read what the visitor shows it.
//
//   <script type="module" src="https://designer.example/embed.js"></script>
//   <hairline-designer></hairline-designer>
//
// Events on the element: "ready"; "request-sending" and "request-sent" with detail { id }, "request-failed" with detail
// { id, reason }.

const HOME = new URL("./", import.meta.url);
const VERSION = 1;
/** What is told of a request, beside its id. */
const NEWS = ["request-sending", "request-sent", "request-failed"];
const REASONS = ["offline", "unconfirmed", "cancelled", "refused", "too-large", "setup"];
const STYLE = `
  :host { display: block; min-height: 420px; }
  /* What the page sets for all its texts ends here. */
  .poster, iframe { all: initial; direction: ltr; }
  .poster { display: grid; place-content: center; justify-items: center; gap: 14px; min-height: 420px; padding: 24px;
    box-sizing: border-box; font: 16px/1.5 system-ui, sans-serif; text-align: center; color: #23312f; background: #f2eee7;
    border-radius: 14px; }
  .poster p { margin: 0; max-width: 34em; }
  .poster .big { font-size: 22px; font-weight: 650; line-height: 1.25; }
  button { font: inherit; font-weight: 600; padding: 12px 22px; min-height: 48px; border: 0; border-radius: 10px;
    color: #fff; background: #1d5c58; cursor: pointer; }
  button:focus-visible { outline: 3px solid #1d5c58; outline-offset: 3px; }
  iframe { display: block; width: 100%; height: 760px; border: 0; border-radius: 14px; background: #f6f3ee; }
`;

/** The numbers of the designers that stand on the page. */
const taken = new Set();

/**
 * @param {number} wanted the number that it had before; 0 for a new one
 * @returns {number} that one, or the first that no other designer has
 */
function takeSlot(wanted) {
  let slot = wanted;
  if (!slot || taken.has(slot)) for (slot = 1; taken.has(slot); slot++);
  taken.add(slot);
  return slot;
}

let count = 0;

class HairlineDesigner extends HTMLElement {
  /** Which of the page's designers this is, while it stands there: each keeps a draft of its own. */
  #slot = 0;
  #instance = `d${++count}-${Math.floor(Math.random() * 1e9).toString(36)}`;
  /** @type {HTMLIFrameElement | null} */
  #frame = null;
  #wasOpen = false;
  #root = this.attachShadow({ mode: "open" });

  constructor() {
    super();
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    this.#root.adoptedStyleSheets = [sheet];
  }

  connectedCallback() {
    addEventListener("message", this.#heard);
    const before = this.#slot;
    this.#slot = takeSlot(before);
    // Where another one took its number meanwhile, the draft is the other's.
    if (this.#wasOpen) this.#load(this.#slot === before ? "resume" : undefined);
    else this.#showPoster();
    if (this.hasAttribute("open")) this.open();
  }

  disconnectedCallback() {
    removeEventListener("message", this.#heard);
    taken.delete(this.#slot);
    this.#wasOpen = this.#frame !== null;
    this.#frame?.remove();
    this.#frame = null;
  }

  /** A page that moves the element by `moveBefore` leaves the frame as it is. */
  connectedMoveCallback() {}

  /** Loads the program in place of the poster. */
  open() {
    if (!this.#frame) this.#load();
  }

  /** @param {string} [flag] `resume` where the element was moved: browsers load a moved frame anew, and the draft goes on */
  #load(flag) {
    const address = new URL("index.html", HOME);
    const fields = [`origin=${encodeURIComponent(location.origin)}`, `instance=${this.#instance}`, `slot=${this.#slot}`];
    if (flag) fields.push(`${flag}=1`);
    address.hash = fields.join("&");
    const frame = document.createElement("iframe");
    frame.title = "Hairline designer";
    frame.allow = "camera; clipboard-read";
    frame.referrerPolicy = "no-referrer";
    frame.src = address.href;
    this.#frame = frame;
    this.#root.replaceChildren(frame);
  }

  #showPoster() {
    const poster = document.createElement("div");
    poster.className = "poster";
    const line = (/** @type {string} */ text, kind = "") => {
      const made = document.createElement("p");
      made.textContent = text;
      made.className = kind;
      return made;
    };
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "Open the designer";
    button.addEventListener("click", () => this.open());
    poster.append(
      line("See a hairline on your own photo", "big"),
      line("Your photo stays on your device until you decide to send it."),
      button,
    );
    this.#root.replaceChildren(poster);
  }

  #heard = (/** @type {MessageEvent} */ event) => {
    const said = event.data;
    const ours = this.#frame && event.origin === HOME.origin && event.source === this.#frame.contentWindow;
    if (!ours || !said || said.source !== "hairline-designer" || said.version !== VERSION) return;
    if (said.instance !== this.#instance) return;
    if (said.type === "height" && Number.isFinite(said.height)) {
      this.#frame?.style.setProperty("height", `${Math.min(Math.max(said.height, 420), 4000)}px`);
    } else if (said.type === "ready") {
      this.dispatchEvent(new CustomEvent("ready"));
    } else if (NEWS.includes(said.type) && typeof said.id === "string" && /^[A-Za-z0-9-]{8,64}$/.test(said.id)) {
      const failed = said.type === "request-failed";
      if (failed && !REASONS.includes(said.reason)) return;
      const detail = failed ? { id: said.id, reason: said.reason } : { id: said.id };
      this.dispatchEvent(new CustomEvent(said.type, { detail }));
    }
  };
}

if (!customElements.get("hairline-designer")) customElements.define("hairline-designer", HairlineDesigner);
