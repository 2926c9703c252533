// @ts-check
// A webhook takes JSON and answers what it likes, with a status from 200 to 299.
import assert from "node:assert/strict";
import test from "node:test";
import { before, design, everyTarget, json, pictures, request, same, service } from "./sending.mjs";

/** Zapier, n8n and Make each answer otherwise. */
const ANSWERS = [
  [200, json, '{"status":"success","id":"0191-another-id","attempt":"0191"}'],
  [200, json, '{"message":"Workflow was started"}'],
  [200, { "Content-Type": "text/plain" }, "Accepted"],
  [202, {}, ""],
  [204, {}, undefined],
];

function webhook(t, answer = ANSWERS[0]) {
  return service(t, ({ method, headers, bytes }) => {
    if (method !== "POST" || headers["content-type"] !== "application/json") return [415, json, "{}"];
    try {
      JSON.parse(bytes.toString());
    } catch {
      return [400, json, "{}"];
    }
    return [...answer, true];
  });
}

async function setUp(t) {
  const fake = await webhook(t);
  return { fake, settings: { url: `${fake.url}/hooks/catch/1/abc`, pictures: true, headers: { "x-make-apikey": "secret" } } };
}

everyTarget("webhook", setUp, ({ url, headers, bytes }) => {
  const got = JSON.parse(bytes.toString());
  assert.equal(url, "/hooks/catch/1/abc");
  assert.equal(headers["x-make-apikey"], "secret");
  assert.equal(got.id, request.id);
  for (const key of ["name", "email", "phone", "message"]) same(got[key], request.fields[key]);
  assert.deepEqual(got.request, request);
  assert.deepEqual(got.design, JSON.parse(design));
  assert.deepEqual(Object.keys(got.pictures), Object.keys(pictures));
  for (const [name, jpeg] of Object.entries(pictures)) {
    assert.ok(Buffer.from(got.pictures[name], "base64").equals(jpeg), `${name} has other bytes`);
  }
});

test("webhook: any status from 200 to 299 is taken, whatever it says", async (t) => {
  for (const answer of ANSWERS) {
    const fake = await webhook(t, answer);
    const { send } = await before(t, "webhook", { url: fake.url });
    const { status, body } = await send();
    assert.deepEqual([status, body], [201, { id: request.id }], JSON.stringify(answer));
    assert.equal(JSON.parse(fake.taken[0].bytes.toString()).pictures, undefined, "pictures go where they are wanted");
  }
});

test("webhook: a workflow of the clinic's own may refuse a field", async (t) => {
  for (const [said, expected] of [
    ['{"errors":{"email":"No such host."}}', [422, { errors: { email: "No such host." } }]],
    ['{"errors":{"colour":"No such colour."}}', [502, undefined]],
    ["no JSON", [502, undefined]],
  ]) {
    const fake = await service(t, () => [422, json, said]);
    const { status, body } = await (await before(t, "webhook", { url: fake.url })).send();
    assert.equal(status, expected[0], said);
    if (expected[1]) assert.deepEqual(body, expected[1]);
  }
});
