// @ts-check
// Any address that takes JSON: Zapier's Catch Hook, Make's custom webhook, n8n's Webhook node.
import { failed, object, refused, taken, tooLarge } from "./contract.mjs";
import { words } from "./words.mjs";

/**
 * @typedef {object} Settings
 * @property {string} url The webhook's address.
 * @property {boolean} [pictures] Whether the pictures go along, in Base64.
 * @property {Record<string, string>} [headers] Such as `x-make-apikey`, or `Authorization`.
 */

/**
 * @param {import("./contract.mjs").Parts} parts
 * @param {Settings} settings
 * @returns {import("./contract.mjs").Sent}
 */
export function toTarget({ request, design, pictures }, settings) {
  const coded = Object.entries(pictures).map(([name, jpeg]) => [name, jpeg.toString("base64")]);
  const body = {
    id: request.id,
    ...request.fields,
    words: words(request),
    request,
    ...(design === undefined ? {} : { design: object(design) }),
    ...(settings.pictures ? { pictures: Object.fromEntries(coded) } : {}),
  };
  const headers = { ...settings.headers, "Content-Type": "application/json" };
  return { url: settings.url, init: { method: "POST", redirect: "manual", headers, body: JSON.stringify(body) } };
}

/**
 * Whatever has a status from 200 to 299 took it. A workflow of your own may refuse with 422 and `errors` by field.
 *
 * @param {number} status
 * @param {string} text
 * @param {string} id
 * @returns {import("./contract.mjs").Answer}
 */
export function fromTarget(status, text, id) {
  if (status >= 200 && status <= 299) return taken(id);
  if (status === 413) return tooLarge();
  return status === 422 ? refused(Object.entries(object(text).errors ?? {})) : failed();
}
