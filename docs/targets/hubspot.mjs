// @ts-check
// A form of HubSpot. It takes no files, and a contact is known by its e-mail address.
import { failed, object, refused, taken, tooLarge } from "./contract.mjs";
import { words } from "./words.mjs";

/** The properties of a contact, by the program's names of its fields. */
const PROPERTIES = { name: "firstname", email: "email", phone: "phone", message: "message" };

/** The type of object whose properties they are: contacts. */
const CONTACT = "0-1";

/** What is wrong with what a visitor wrote; every other type is a fault of the setting up. */
const VISITORS = ["INVALID_EMAIL", "BLOCKED_EMAIL", "REQUIRED_FIELD", "INPUT_TOO_LARGE"];

/**
 * @typedef {object} Settings
 * @property {string} portal
 * @property {string} form The form's GUID.
 * @property {string} [token] Of a private app with the scope `forms`: the request goes to the address for those who have one.
 * @property {number} [subscription] The type of subscription that `marketing` stands for.
 * @property {string} [api] Another address than HubSpot's.
 */

/**
 * @param {import("./contract.mjs").Parts} parts
 * @param {Settings} settings
 * @returns {import("./contract.mjs").Sent}
 */
export function toTarget({ request }, { portal, form, token, subscription, api = "https://api.hsforms.com" }) {
  const values = [
    ...Object.entries(PROPERTIES).map(([key, name]) => [name, request.fields[key]]),
    ["hairline_request", request.id],
    ["hairline_words", words(request)],
  ];
  const fields = values
    .filter(([, value]) => value !== "")
    .map(([name, value]) => ({ objectTypeId: CONTACT, name, value }));
  const body = JSON.stringify({ fields, legalConsentOptions: { consent: consent(request.consents, subscription) } });
  const url = `${api}/submissions/v3/integration/${token ? "secure/" : ""}submit/${portal}/${form}`;
  const headers = { "Content-Type": "application/json", ...(token ? { Authorization: `Bearer ${token}` } : {}) };
  return { url, init: { method: "POST", redirect: "manual", headers, body } };
}

/**
 * @param {{ key: string, text: string }[]} consents
 * @param {number | undefined} subscription
 */
function consent(consents, subscription) {
  const text = consents.find(({ key }) => key === "send")?.text;
  const communications = consents
    .filter(({ key }) => key === "marketing" && subscription !== undefined)
    .map((marketing) => ({ value: true, subscriptionTypeId: subscription, text: marketing.text }));
  return { consentToProcess: text !== undefined, text: text ?? "", communications };
}

/**
 * It says where a fault is in the sentence alone: `Error in 'fields.email'. Invalid email address`.
 *
 * @param {number} status
 * @param {string} text
 * @param {string} id
 * @returns {import("./contract.mjs").Answer}
 */
export function fromTarget(status, text, id) {
  if (status >= 200 && status <= 299) return taken(id);
  if (status === 413) return tooLarge();
  const { errors } = object(text);
  if (status !== 400 || !Array.isArray(errors)) return failed();
  if (!errors.every(({ errorType }) => VISITORS.includes(errorType))) return failed();
  return refused(
    errors.map(({ message }) => {
      const [, property, sentence] = /^Error in 'fields\.([^']+)'\. (.+)$/s.exec(message) ?? [];
      return [Object.entries(PROPERTIES).find(([, name]) => name === property)?.[0], sentence];
    }),
  );
}
