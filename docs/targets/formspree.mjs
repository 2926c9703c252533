// @ts-check
// A form of Formspree.
import { failed, object, refused, taken, tooLarge } from "./contract.mjs";
import { multipart } from "./multipart.mjs";
import { words } from "./words.mjs";

/**
 * @typedef {object} Settings
 * @property {string} url The form's address, such as `https://formspree.io/f/abcdefgh`.
 * @property {boolean} [pictures] Whether the form takes files.
 * @property {string} [page] The address of the clinic's page, for a form that takes nothing without one.
 */

/**
 * @param {import("./contract.mjs").Parts} parts
 * @param {Settings} settings
 * @returns {import("./contract.mjs").Sent}
 */
export function toTarget({ request, pictures }, settings) {
  const { name, email, phone, message } = request.fields;
  /** @type {[string, string][]} */
  const written = [
    ["name", name],
    ["email", email],
    ["phone", phone],
    ["message", message],
    ["request-id", request.id],
    ["request-words", words(request)],
  ];
  const fields = written.filter(([, value]) => value !== "");
  const { type, body } = multipart(request.id, fields, settings.pictures ? Object.entries(pictures) : []);
  // Without `Accept` it answers with a page for people, or asks whether it speaks to one.
  const headers = {
    Accept: "application/json",
    "Content-Type": type,
    ...(settings.page ? { Referer: settings.page } : {}),
  };
  return { url: settings.url, init: { method: "POST", redirect: "manual", headers, body } };
}

/**
 * Its own program goes by the body, not by the status: `errors` or `error` is a fault, `next` is where the visitor would go on.
 *
 * @param {number} status
 * @param {string} text
 * @param {string} id
 * @returns {import("./contract.mjs").Answer}
 */
export function fromTarget(status, text, id) {
  const { error, errors, next } = object(text);
  if (status === 413) return tooLarge();
  if (Array.isArray(errors)) {
    if (errors.some(({ code }) => code === "FILES_TOO_BIG")) return tooLarge();
    return refused(errors.map(({ field, message }) => [field, message]));
  }
  return status >= 200 && status <= 299 && error === undefined && typeof next === "string" ? taken(id) : failed();
}
