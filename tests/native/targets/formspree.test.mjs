// @ts-check
// Formspree, as its own program for browsers reads its answers, and as its earlier, open server answered.
import assert from "node:assert/strict";
import test from "node:test";
import { before, bodyOf, everyTarget, field, html, json, request, same, samePictures, service } from "./sending.mjs";

const PAGE = "https://clinic.example/contact";
const errors = (...found) => JSON.stringify({ error: "There was a problem", errors: found });

function formspree(t, { said = '{"next":"/thanks"}', takesFiles = true } = {}) {
  return service(t, ({ method, url, headers, fields, files }) => {
    if (!(headers.accept ?? "").includes("application/json")) return [200, html, "<h1>Are you a person?</h1>"];
    if (method !== "POST" || url !== "/f/abcdefgh") {
      return [404, json, errors({ code: "FORM_NOT_FOUND", message: "Form not found" })];
    }
    if (!headers.referer) return [400, json, '{"error":"Invalid \\"Referrer\\" header"}'];
    if (!fields) return [400, json, errors({ code: "EMPTY", message: "The form is empty" })];
    if (files.length > 0 && !takesFiles) {
      return [400, json, errors({ code: "NO_FILE_UPLOADS", message: "File uploads are not permitted" })];
    }
    const email = fields.find(([name]) => name === "email")?.[1];
    if (email !== undefined && !/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(email)) {
      return [422, json, errors({ code: "TYPE_EMAIL", field: "email", message: "should be an email" })];
    }
    return [200, json, said, said.includes('"next"')];
  });
}

const settings = (fake, more = {}) => ({ url: `${fake.url}/f/abcdefgh`, page: PAGE, pictures: true, ...more });

async function setUp(t) {
  const fake = await formspree(t);
  return { fake, settings: settings(fake) };
}

everyTarget("formspree", setUp, (got) => {
  for (const key of ["name", "email", "phone", "message"]) same(field(got, key), request.fields[key]);
  same(field(got, "request-id"), request.id);
  assert.match(field(got, "request-words"), /\nAgreed \(send, /);
  assert.equal(got.headers.referer, PAGE);
  samePictures(got.files);
});

test("formspree: a field that it refuses is told there, and an empty one is left out", async (t) => {
  const fake = await formspree(t);
  const { send } = await before(t, "formspree", settings(fake));
  const of = (fields) => bodyOf({ request: JSON.stringify({ ...request, fields: { ...request.fields, ...fields } }) });
  const { status, body } = await send(of({ email: "nobody" }));
  assert.deepEqual([status, body], [422, { errors: { email: "should be an email" } }]);
  assert.equal(fake.taken.length, 0);
  assert.equal((await send(of({ email: "" }))).status, 201);
  assert.ok(!fake.taken[0].fields.some(([name]) => name === "email"));
});

test("formspree: without files where the form takes none", async (t) => {
  const fake = await formspree(t, { takesFiles: false });
  assert.equal((await (await before(t, "formspree", settings(fake))).send()).status, 502);
  assert.equal((await (await before(t, "formspree", settings(fake, { pictures: false }))).send()).status, 201);
  assert.equal(fake.taken[0].files.length, 0);
});

test("formspree: what it says counts, not the status", async (t) => {
  for (const [said, expected] of [
    ['{"error":"form over quota"}', 502],
    ['{"success":"confirmation email sent"}', 502],
    ["<h1>200</h1>", 502],
    [errors({ code: "FILES_TOO_BIG", message: "Files are too big" }), 413],
    [errors({ code: "INACTIVE", message: "Form not active" }), 502],
  ]) {
    const fake = await formspree(t, { said });
    const { status, body } = await (await before(t, "formspree", settings(fake))).send();
    assert.deepEqual([status, body.id], [expected, undefined], said);
  }
  const other = await formspree(t);
  assert.equal((await (await before(t, "formspree", settings(other, { page: undefined }))).send()).status, 502);
});
