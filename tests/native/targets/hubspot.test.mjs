// @ts-check
// HubSpot's address for data of a form, as its reference and its record of changes describe it.
import assert from "node:assert/strict";
import test from "node:test";
import { before, bodyOf, everyTarget, json, request, same, service } from "./sending.mjs";

const PORTAL = "123456";
const FORM = "319478e5-e5fd-4d39-9d13-fc1f90bf46da";
const PATH = "/submissions/v3/integration";

/** The fields that stand in the form's definition, of contacts. */
const DEFINED = ["firstname", "email", "phone", "message", "hairline_request", "hairline_words"];

function faults({ fields, legalConsentOptions }, defined) {
  if (!Array.isArray(fields)) return [["Required field 'fields' is missing", "REQUIRED_FIELD"]];
  const found = [];
  for (const { objectTypeId, name, value } of fields) {
    const at = `Error in 'fields.${name}'.`;
    if (objectTypeId !== "0-1" || typeof value !== "string") found.push([`${at} Not a property`, "INVALID_METADATA"]);
    if (!defined.includes(name)) found.push([`${at} Field is not in the form`, "FIELD_NOT_IN_FORM_DEFINITION"]);
    if (name === "email" && !/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(value)) found.push([`${at} Invalid email address`, "INVALID_EMAIL"]);
  }
  if (!fields.some(({ name }) => name === "email")) {
    found.push(["Error in 'fields.email'. Required field 'email' is missing", "REQUIRED_FIELD"]);
  }
  const consent = legalConsentOptions?.consent;
  if (consent?.consentToProcess !== true) found.push(["No consent", "MISSING_PROCESSING_CONSENT"]);
  if (!consent?.text) found.push(["No text", "MISSING_PROCESSING_CONSENT_TEXT"]);
  if (consent?.communications.some(({ text }) => !text)) found.push(["No text", "MISSING_COMMUNICATION_CONSENT_TEXT"]);
  return found;
}

function hubspot(t, defined = DEFINED) {
  return service(t, ({ method, url, headers, bytes }) => {
    const isSecure = url === `${PATH}/secure/submit/${PORTAL}/${FORM}`;
    if (method !== "POST" || !(isSecure || url === `${PATH}/submit/${PORTAL}/${FORM}`)) return [404, json, "{}"];
    if (isSecure && headers.authorization !== "Bearer secret") return [401, json, "{}"];
    if (headers["content-type"] !== "application/json") return [415, json, "{}"];
    const errors = faults(JSON.parse(bytes.toString()), defined).map(([message, errorType]) => ({ message, errorType }));
    const said = { status: "error", message: "The request is not valid", correlationId: "0c21d2b1", errors };
    if (errors.length > 0) return [400, json, JSON.stringify(said)];
    return [200, json, JSON.stringify({ inlineMessage: "Thanks for submitting the form." }), true];
  });
}

const settings = (fake, more = {}) => ({ portal: PORTAL, form: FORM, api: fake.url, ...more });

async function setUp(t) {
  const fake = await hubspot(t);
  return { fake, settings: settings(fake, { subscription: 999 }) };
}

everyTarget("hubspot", setUp, ({ bytes }) => {
  const { fields, legalConsentOptions } = JSON.parse(bytes.toString());
  assert.deepEqual(fields.map(({ name }) => name), DEFINED);
  const value = (name) => fields.find((one) => one.name === name).value;
  same(value("firstname"), request.fields.name);
  same(value("email"), request.fields.email);
  same(value("phone"), request.fields.phone);
  same(value("message"), request.fields.message);
  same(value("hairline_request"), request.id);
  assert.match(value("hairline_words"), /\nDots: \d+ to \d+\n/);
  const agreed = Object.fromEntries(request.consents.map(({ key, text }) => [key, text]));
  const communications = [{ value: true, subscriptionTypeId: 999, text: agreed.marketing }];
  assert.deepEqual(legalConsentOptions, { consent: { consentToProcess: true, text: agreed.send, communications } });
});

test("hubspot: with a token the request goes to the address for those who have one", async (t) => {
  const fake = await hubspot(t);
  assert.equal((await (await before(t, "hubspot", settings(fake, { token: "secret" }))).send()).status, 201);
  assert.match(fake.taken[0].url, /\/secure\/submit\//);
  assert.equal((await (await before(t, "hubspot", settings(fake, { token: "wrong" }))).send()).status, 502);
});

test("hubspot: what the visitor wrote wrongly is told at our field", async (t) => {
  const fake = await hubspot(t);
  const { send } = await before(t, "hubspot", settings(fake));
  for (const [email, sentence] of [["nobody", "Invalid email address"], ["", "Required field 'email' is missing"]]) {
    const fields = { ...request.fields, email };
    const { status, body } = await send(bodyOf({ request: JSON.stringify({ ...request, fields }) }));
    assert.deepEqual([status, body], [422, { errors: { email: sentence } }]);
  }
  assert.equal(fake.taken.length, 0);
});

test("hubspot: what is set up otherwise is a fault of the form", async (t) => {
  for (const defined of [DEFINED.slice(0, 4), DEFINED.filter((name) => name !== "phone")]) {
    const fake = await hubspot(t, defined);
    assert.equal((await (await before(t, "hubspot", settings(fake))).send()).status, 502, `${defined}`);
  }
  const { send } = await before(t, "hubspot", settings(await hubspot(t)));
  const { status } = await send(bodyOf({ request: JSON.stringify({ ...request, consents: [] }) }));
  assert.equal(status, 502);
});
