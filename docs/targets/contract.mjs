// @ts-check
// What the program sends, and what it has to be answered: ../openapi.json in JavaScript.

/**
 * What came with a request.
 *
 * @typedef {object} Parts
 * @property {Record<string, any>} request The part `request`, described by ../request.schema.json.
 * @property {string} [design] The part `design`, JSON as it came.
 * @property {Record<string, Buffer>} pictures JPEG by the names of their parts.
 */

/**
 * What is sent on: the arguments of `fetch`.
 *
 * @typedef {object} Sent
 * @property {string} url
 * @property {RequestInit} init
 */

/**
 * What the program is answered.
 *
 * @typedef {object} Answer
 * @property {number} status
 * @property {Record<string, unknown>} body Sent as JSON.
 */

/** The names that a picture's part can have. */
export const PICTURES = ["", "-top", "-left", "-right", "-back"].flatMap((side) => ["before" + side, "after" + side]);

/** The fields at which the program shows a sentence. */
const SHOWN = ["name", "email", "phone", "message", "reply_when", "scars", "send", "adult"];

/** The longest sentence that it shows. */
const SENTENCE_CHARS = 300;

/**
 * The service has it.
 *
 * @param {string} id
 * @returns {Answer}
 */
export const taken = (id) => ({ status: 201, body: { id } });

/**
 * The service has it not: the program tries again.
 *
 * @returns {Answer}
 */
export const failed = () => ({ status: 502, body: { error: "The clinic's form could not be reached." } });

/**
 * It is too large for the service: the program sends smaller pictures once.
 *
 * @returns {Answer}
 */
export const tooLarge = () => ({ status: 413, body: { error: "The request is too large." } });

/**
 * The service refuses what the visitor wrote. Where the visitor could see none of the faults, the service is set up otherwise than
 * the translation: a fault of the service.
 *
 * @param {[field: unknown, sentence: unknown][]} faults By the program's names of its fields.
 * @returns {Answer}
 */
export function refused(faults) {
  const shown = faults.filter(([field]) => SHOWN.includes(String(field)));
  if (shown.length === 0) return failed();
  const errors = shown.map(([field, sentence]) => [field, String(sentence).slice(0, SENTENCE_CHARS)]);
  return { status: 422, body: { errors: Object.fromEntries(errors) } };
}

/**
 * A text as JSON; an empty object where it is none.
 *
 * @param {string} text
 * @returns {Record<string, any>}
 */
export function object(text) {
  try {
    const value = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : {};
  } catch {
    return {};
  }
}
