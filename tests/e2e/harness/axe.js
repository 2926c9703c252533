// Runs axe's rules on the page: what breaks one, and what axe cannot decide. Arguments: the rules, and who waits.
const [rules, done] = arguments;

const rows = (found) =>
  found.map(({ id, help, nodes }) => [
    id,
    help,
    nodes.map((node) => node.target.flat().join(" ") + ": " + node.failureSummary.replace(/\s+/g, " ")),
  ]);

// A text that lies half under a bar which stays in place is looked at again where the bar does not cover it.
const isCovered = (node) => /overlap|obscured/.test(node.failureSummary);

async function lookedAtAgain(finding, found) {
  const open = finding.nodes.filter((node) => !isCovered(node));
  for (const { element } of finding.nodes.filter(isCovered)) {
    // The page may have drawn itself anew by now: what is gone is not shown.
    if (!element.isConnected) continue;
    element.scrollIntoView({ block: "center", behavior: "instant" });
    const alone = await axe.run(element, { runOnly: [finding.id], iframes: false });
    found.violations.push(...alone.violations);
    open.push(...alone.incomplete.flatMap(({ nodes }) => nodes));
  }
  return { ...finding, nodes: open };
}

(async () => {
  const options = { runOnly: rules, iframes: false, elementRef: true, resultTypes: ["violations", "incomplete"] };
  const found = await axe.run(document, options);
  const scrolled = [...document.querySelectorAll("*")].map((element) => [element, element.scrollLeft, element.scrollTop]);
  const incomplete = [];
  for (const finding of found.incomplete) incomplete.push(await lookedAtAgain(finding, found));
  for (const [element, left, top] of scrolled) element.scrollTo({ left, top, behavior: "instant" });
  done([rows(found.violations), rows(incomplete.filter(({ nodes }) => nodes.length > 0))]);
})().catch((error) => done(String(error)));
