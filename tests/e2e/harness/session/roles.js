// Every shown control of the page with its role and accessible name, in document order, through open shadow roots.
// It covers plain markup: roles by attribute or element, names by aria-labelledby, aria-label, <label>, <legend>,
// alt, title, placeholder or text.
const INPUT_ROLES = {
  button: "button", submit: "button", reset: "button", image: "button", checkbox: "checkbox", radio: "radio",
  range: "slider", number: "spinbutton", search: "searchbox", file: "file", color: "color", hidden: "",
};
const ROLES = {
  BUTTON: "button", SELECT: "combobox", OPTION: "option", TEXTAREA: "textbox", IMG: "img", CANVAS: "canvas",
  DIALOG: "dialog", NAV: "navigation", MAIN: "main", FORM: "form", FIELDSET: "group", DETAILS: "group",
  SUMMARY: "summary", UL: "list", OL: "list", MENU: "list", LI: "listitem", PROGRESS: "progressbar", METER: "meter",
  OUTPUT: "status", TABLE: "table", TR: "row", TD: "cell", TH: "columnheader", SECTION: "region", ASIDE: "complementary",
  HEADER: "banner", FOOTER: "contentinfo", IFRAME: "iframe", ARTICLE: "article", HR: "separator", P: "paragraph",
};
for (const level of "123456") ROLES["H" + level] = "heading";
// Roles whose name may come from the text inside.
const NAMED_BY_TEXT = new Set(
  ("button link heading option tab menuitem menuitemcheckbox menuitemradio radio checkbox switch cell columnheader " +
    "row listitem summary tooltip treeitem status alert paragraph").split(" "),
);

const squeeze = (text) => (text || "").replace(/\s+/g, " ").trim();
const isShown = (element) =>
  element.checkVisibility({ visibilityProperty: true }) && !element.closest("[aria-hidden=true], [inert]");

function roleOf(element) {
  const said = squeeze(element.getAttribute("role")).split(" ")[0];
  if (said) return said;
  if (element.tagName === "A") return element.hasAttribute("href") ? "link" : "";
  if (element.tagName === "INPUT") return INPUT_ROLES[element.type] ?? "textbox";
  if (element.tagName === "SELECT" && (element.multiple || element.size > 1)) return "listbox";
  return ROLES[element.tagName] || "";
}

// The text that is read aloud inside an element: labels and alternatives count, what is hidden does not.
function textOf(element) {
  let text = "";
  for (const child of element.childNodes) {
    if (child.nodeType === Node.TEXT_NODE) text += child.data;
    if (child.nodeType !== Node.ELEMENT_NODE || !isShown(child)) continue;
    text += " " + (child.getAttribute("aria-label") || child.getAttribute("alt") || child.querySelector(":scope > title")?.textContent || textOf(child)) + " ";
  }
  return squeeze(text);
}

function nameOf(element, role) {
  const ids = squeeze(element.getAttribute("aria-labelledby"));
  const byIds = ids && squeeze(ids.split(" ").map((id) => element.getRootNode().getElementById(id)?.textContent).join(" "));
  if (byIds) return byIds;
  const said = squeeze(element.getAttribute("aria-label"));
  if (said) return said;
  // The label's own words: the value of a control inside it is no part of them.
  const labels = [...(element.labels || [])].map((label) => {
    const copy = label.cloneNode(true);
    for (const inner of copy.querySelectorAll("input, select, textarea, output, button, progress, meter")) inner.remove();
    return copy.textContent;
  });
  const byLabel = squeeze(labels.join(" "));
  if (byLabel) return byLabel;
  const own = { FIELDSET: ":scope > legend", DETAILS: ":scope > summary", TABLE: ":scope > caption" }[element.tagName];
  const byChild = own && squeeze(element.querySelector(own)?.textContent);
  if (byChild) return byChild;
  if (element.tagName === "INPUT" && role === "button") return squeeze(element.value || element.alt || element.type);
  const byText = NAMED_BY_TEXT.has(role) && textOf(element);
  return byText || squeeze(element.getAttribute("alt") || element.getAttribute("title") || element.getAttribute("placeholder"));
}

function* shown(root) {
  for (const element of root.querySelectorAll("*")) {
    if (element.shadowRoot) yield* shown(element.shadowRoot);
    if (isShown(element)) yield element;
  }
}

const [wantedRole] = arguments;
const found = [];
for (const element of shown(document)) {
  const role = roleOf(element);
  if (role && (!wantedRole || role === wantedRole)) found.push([role, nameOf(element, role), element]);
}
return found;
