// @ts-check
// Netlify Forms: a form that stands in the site's HTML, its fields by name, one file to a field, 8 MB in all.
import assert from "node:assert/strict";
import test from "node:test";
import { before, everyTarget, field, html, page, request, same, samePictures, service } from "./sending.mjs";

/** The fields of the form that the page tells to make, which Netlify holds every name against. */
const FORM = /<form[^]*<\/form>/.exec(page("netlify"))?.[0] ?? "";
const NAMES = [...FORM.matchAll(/<(?:input|textarea)[^>]* name="([^"]+)"/g)].map(([, name]) => name);
const MOST_BYTES = 8 * 1024 * 1024;

const PAGE = [200, html, "<!DOCTYPE html><title>Thank you</title>"];
const SENT_ON = [303, { Location: "/thank-you" }, ""];

function netlify(t, { answer = PAGE, most = MOST_BYTES } = {}) {
  return service(t, ({ method, bytes, fields, files }) => {
    if (method !== "POST" || !fields) return [405, html, "<h1>405</h1>"];
    if (bytes.length > most) return [413, html, "<h1>413</h1>"];
    const names = [...fields.map(([name]) => name), ...files.map(({ name }) => name)];
    if (new Set(names).size !== names.length) return [400, html, "<h1>one file to a field</h1>"];
    if (!names.every((name) => NAMES.includes(name))) return [400, html, "<h1>no such field</h1>"];
    if (fields.find(([name]) => name === "form-name")?.[1] !== "consultation") return [404, html, "<h1>404</h1>"];
    return [...answer, true];
  });
}

const settings = (fake, form = "consultation") => ({ url: `${fake.url}/`, form });

async function setUp(t) {
  const fake = await netlify(t);
  return { fake, settings: settings(fake) };
}

everyTarget("netlify", setUp, (got) => {
  for (const key of ["name", "email", "phone", "message"]) same(field(got, key), request.fields[key]);
  same(field(got, "request-id"), request.id);
  assert.match(field(got, "request-words"), /\nSessions: /);
  samePictures(got.files);
});

test("netlify: sent on to a page is taken, and nothing is fetched there", async (t) => {
  const fake = await netlify(t, { answer: SENT_ON });
  const { status, body } = await (await before(t, "netlify", settings(fake))).send();
  assert.deepEqual([status, body], [201, { id: request.id }]);
  assert.equal(fake.asked.length, 1);
});

test("netlify: a form that is not there is a fault, and too much is too large", async (t) => {
  const fake = await netlify(t);
  assert.equal((await (await before(t, "netlify", settings(fake, "other"))).send()).status, 502);
  const small = await netlify(t, { most: 1000 });
  assert.equal((await (await before(t, "netlify", settings(small))).send()).status, 413);
});
