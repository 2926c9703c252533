// @ts-check
// A form that stands in the HTML of a site on Netlify.
import { failed, taken, tooLarge } from "./contract.mjs";
import { multipart } from "./multipart.mjs";
import { words } from "./words.mjs";

/**
 * @typedef {object} Settings
 * @property {string} url A page of the site, such as `https://clinic.example/`.
 * @property {string} form The form's name.
 */

/**
 * @param {import("./contract.mjs").Parts} parts
 * @param {Settings} settings
 * @returns {import("./contract.mjs").Sent}
 */
export function toTarget({ request, pictures }, { url, form }) {
  const { name, email, phone, message } = request.fields;
  /** @type {[string, string][]} */
  const fields = [
    ["form-name", form],
    ["name", name],
    ["email", email],
    ["phone", phone],
    ["message", message],
    ["request-id", request.id],
    ["request-words", words(request)],
  ];
  const { type, body } = multipart(request.id, fields, Object.entries(pictures));
  return { url, init: { method: "POST", redirect: "manual", headers: { "Content-Type": type }, body } };
}

/**
 * It answers with a page, or sends on to one (303). 302 is not counted: so sites send on to a page to log in, too.
 *
 * @param {number} status
 * @param {string} _text
 * @param {string} id
 * @returns {import("./contract.mjs").Answer}
 */
export function fromTarget(status, _text, id) {
  if (status === 413) return tooLarge();
  return (status >= 200 && status <= 299) || status === 303 ? taken(id) : failed();
}
