// Runs axe's rules on the page: what breaks one, and what axe cannot decide. Arguments: the rules, and who waits.
const [rules, done] = arguments;

const rows = (found) =>
  found.map(({ id, help, nodes }) => [
    id,
    help,
    nodes.map((node) => node.target.flat().join(" ") + ": " + node.failureSummary.replace(/\s+/g, " ")),
  ]);

// A text that lies half under a bar which stays in place is looked at again where the bar does not cover it.
const isCovered = (node) => /overlap|obscured/.test(node.failureSummary) && typeof node.target[0] === "string";

async function lookedAtAgain(finding, found) {
  const open = finding.nodes.filter((node) => !isCovered(node));
  for (const node of finding.nodes.filter(isCovered)) {
    const element = document.querySelector(node.target[0]);
    element.scrollIntoView({ block: "center", behavior: "instant" });
    const alone = await axe.run(element, { runOnly: [finding.id], iframes: false });
    found.violations.push(...alone.violations);
    open.push(...alone.incomplete.flatMap(({ nodes }) => nodes));
  }
  return { ...finding, nodes: open };
}

(async () => {
  const found = await axe.run(document, { runOnly: rules, iframes: false, resultTypes: ["violations", "incomplete"] });
  const scrolled = [...document.querySelectorAll("*")].map((element) => [element, element.scrollLeft, element.scrollTop]);
  const incomplete = [];
  for (const finding of found.incomplete) incomplete.push(await lookedAtAgain(finding, found));
  for (const [element, left, top] of scrolled) element.scrollTo({ left, top, behavior: "instant" });
  done([rows(found.violations), rows(incomplete.filter(({ nodes }) => nodes.length > 0))]);
})().catch((error) => done(String(error)));
