// @ts-check
// Contact Form 7 of WordPress: its REST route takes a form by the names of its fields.
import { failed, object, refused, taken, tooLarge } from "./contract.mjs";
import { multipart } from "./multipart.mjs";
import { words } from "./words.mjs";

/** The names of the form's fields, by the program's. */
const FIELDS = { name: "your-name", email: "your-email", phone: "your-phone", message: "your-message" };

/**
 * @typedef {object} Settings
 * @property {string} site The address of WordPress, such as `https://clinic.example`.
 * @property {number} form The form's number, not the letters and digits of its shortcode.
 * @property {string} [unitTag] Where the form stands; the form's own, outside of any page, when it is left out.
 */

/**
 * @param {import("./contract.mjs").Parts} parts
 * @param {Settings} settings
 * @returns {import("./contract.mjs").Sent}
 */
export function toTarget({ request, pictures }, { site, form, unitTag = `wpcf7-f${form}-o1` }) {
  /** @type {[string, string][]} */
  const fields = [
    ["_wpcf7_unit_tag", unitTag],
    ...Object.entries(FIELDS).map(([key, name]) => /** @type {[string, string]} */ ([name, request.fields[key]])),
    ["request-id", request.id],
    ["request-words", words(request)],
  ];
  const { type, body } = multipart(request.id, fields, Object.entries(pictures));
  // A visitor without a name of a browser is spam to it.
  const headers = { "Content-Type": type, "User-Agent": "hairline-designer" };
  const url = new URL(`/wp-json/contact-form-7/v1/contact-forms/${form}/feedback`, site).href;
  return { url, init: { method: "POST", redirect: "manual", headers, body } };
}

/**
 * It answers 200 also where it refuses: `status` in the body tells.
 *
 * @param {number} status
 * @param {string} text
 * @param {string} id
 * @returns {import("./contract.mjs").Answer}
 */
export function fromTarget(status, text, id) {
  if (status === 413) return tooLarge();
  const said = object(text);
  if (status === 200 && said.status === "mail_sent") return taken(id);
  if (status !== 200 || said.status !== "validation_failed" || !Array.isArray(said.invalid_fields)) return failed();
  /** @param {string} field */
  const ours = (field) => Object.entries(FIELDS).find(([, name]) => name === field)?.[0];
  return refused(said.invalid_fields.map(({ field, message }) => [ours(field), message]));
}
