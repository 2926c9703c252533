// @ts-check
// What a request says besides name, address and message, for services that keep texts and know no figures.

/** What the visitor was asked, by its key in `fields`. */
const QUESTIONS = {
  reply_by: "Reply by",
  reply_when: "Reply when",
  loss: "Loss of hair",
  scars: "Scars",
  earlier: "Earlier treatments",
  skin_tone: "Skin tone (Monk)",
  age_band: "Age",
};

/** @param {{ least: number, most: number }} estimate */
const range = ({ least, most }) => `${Math.round(least)} to ${Math.round(most)}`;

/**
 * Lines of plain text: the request's number, the answers, the figures as ranges, the consents word for word.
 *
 * @param {Record<string, any>} request The part `request`.
 * @returns {string}
 */
export function words({ id, fields, figures, consents = [] }) {
  const lines = [`Request: ${id}`];
  for (const [key, label] of Object.entries(QUESTIONS)) {
    const answer = [fields[key] ?? []].flat();
    if (answer.length > 0) lines.push(`${label}: ${answer.join(", ")}`);
  }
  if (figures) {
    lines.push(`Dots: ${range(figures.dots)}`, `Area, cm²: ${range(figures.area_cm2)}`);
    lines.push(`Sessions: ${figures.sessions}`, `Hours: ${range(figures.hours)}`);
  }
  for (const { key, text, given_at } of consents) lines.push(`Agreed (${key}, ${given_at}): ${text}`);
  return lines.join("\n");
}
