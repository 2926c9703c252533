// @ts-check
// Contact Form 7 as `create_feedback` in its includes/rest-api.php and `proceed` in includes/submission.php have it.
import assert from "node:assert/strict";
import test from "node:test";
import { before, bodyOf, everyTarget, field, json, page, request, same, samePictures, service } from "./sending.mjs";

const FORM = 12;
const ROUTE = `/wp-json/contact-form-7/v1/contact-forms/${FORM}/feedback`;
const MB = 1024 * 1024;

/** What a field may have where its tag says nothing else: characters, or bytes. */
const MOST = { text: 400, email: 400, tel: 400, textarea: 2000, hidden: Infinity, file: MB };

/** The form that the page tells to make. */
const TAGS = [...page("contact-form-7").matchAll(/\[(\w+)(\*?) ([\w-]+)([^\]]*)\]/g)].map(([, type, star, name, options]) => {
  const most = /maxlength:(\d+)/.exec(options)?.[1] ?? /limit:(\d+)mb/.exec(options)?.[1];
  return { type, name, required: star === "*", most: most ? Number(most) * (type === "file" ? MB : 1) : MOST[type] };
});

/** What has no tag comes into no mail. */
const isTagged = (name) => name.startsWith("_") || TAGS.some((tag) => tag.name === name);

function invalidFields({ fields, files }, mostBytes) {
  const invalid = [];
  for (const { type, name, required, most } of TAGS.filter((tag) => tag.type !== "file")) {
    // It strips white space around a value before it looks at it.
    const value = (fields.find(([other]) => other === name)?.[1] ?? "").trim();
    if (required && value === "") invalid.push([name, "Please fill out this field."]);
    else if (type === "email" && value !== "" && !/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(value)) {
      invalid.push([name, "Please enter an email address."]);
    } else if (value.length > most) invalid.push([name, "This field has a too long input."]);
  }
  for (const { name, mimeType, bytes } of files) {
    const limit = Math.min(mostBytes, TAGS.find((tag) => tag.name === name)?.most ?? 0);
    if (mimeType !== "image/jpeg") invalid.push([name, "You are not allowed to upload files of this type."]);
    if (bytes.length > limit) invalid.push([name, "The uploaded file is too large."]);
  }
  return invalid;
}

const error = (status, code) => [status, json, JSON.stringify({ code, message: code, data: { status } })];

function contactForm7(t, { outcome = "mail_sent", limit = Infinity } = {}) {
  return service(t, (got) => {
    if (!(got.headers["content-type"] ?? "").startsWith("multipart/form-data")) {
      return error(415, "wpcf7_unsupported_media_type");
    }
    if (got.method !== "POST" || got.url !== ROUTE) return error(404, "wpcf7_not_found");
    const given = got.fields.find(([name]) => name === "_wpcf7_unit_tag")?.[1] ?? "";
    const unitTag = given.replace(/[^A-Za-z0-9_-]/g, "");
    if (unitTag === "") return error(400, "wpcf7_unit_tag_not_found");
    got.fields = got.fields.filter(([name]) => isTagged(name));
    got.files = got.files.filter(({ name }) => isTagged(name));
    const invalid = invalidFields(got, limit);
    let status = outcome;
    if ((got.headers["user-agent"] ?? "").length < 2) status = "spam";
    if (invalid.length > 0) status = "validation_failed";
    const invalid_fields = invalid.map(([name, message]) => {
      return { field: name, message, idref: null, error_id: `${unitTag}-ve-${name}` };
    });
    const said = { status, message: status, posted_data_hash: "", into: `#${unitTag}`, invalid_fields };
    return [200, json, JSON.stringify(said), status === "mail_sent"];
  });
}

async function setUp(t) {
  const fake = await contactForm7(t);
  return { fake, settings: { site: `${fake.url}/`, form: FORM } };
}

everyTarget("contact-form-7", setUp, (got) => {
  same(field(got, "your-name"), request.fields.name);
  same(field(got, "your-email"), request.fields.email);
  same(field(got, "your-phone"), request.fields.phone);
  same(field(got, "your-message"), request.fields.message);
  same(field(got, "request-id"), request.id);
  assert.match(field(got, "request-words"), /^Request: 7K2M-9QXR-4TDA\nReply by: phone\n/);
  assert.equal(field(got, "_wpcf7_unit_tag"), "wpcf7-f12-o1");
  samePictures(got.files);
});

test("contact-form-7: a field that it refuses is told at our field", async (t) => {
  const fake = await contactForm7(t);
  const { send } = await before(t, "contact-form-7", { site: fake.url, form: FORM });
  const fields = { ...request.fields, name: " ", email: "nobody" };
  const { status, body } = await send(bodyOf({ request: JSON.stringify({ ...request, fields }) }));
  assert.equal(status, 422);
  assert.deepEqual(body, { errors: { name: "Please fill out this field.", email: "Please enter an email address." } });
  assert.equal(fake.taken.length, 0);
});

test("contact-form-7: the longest message fits into the form of the page", async (t) => {
  const fake = await contactForm7(t);
  const { send } = await before(t, "contact-form-7", { site: fake.url, form: FORM });
  const fields = { ...request.fields, message: "🙂".repeat(4000) };
  assert.equal((await send(bodyOf({ request: JSON.stringify({ ...request, fields }) }))).status, 201);
  same(field(fake.taken[0], "your-message"), fields.message);
});

test("contact-form-7: what the visitor cannot mend is a fault of the form", async (t) => {
  const small = await contactForm7(t, { limit: 10 });
  assert.equal((await (await before(t, "contact-form-7", { site: small.url, form: FORM })).send()).status, 502);
  for (const outcome of ["mail_failed", "spam", "aborted", "acceptance_missing"]) {
    const fake = await contactForm7(t, { outcome });
    const { status, body } = await (await before(t, "contact-form-7", { site: fake.url, form: FORM })).send();
    assert.deepEqual([status, body.id], [502, undefined], outcome);
  }
  for (const settings of [{ form: 13 }, { form: FORM, unitTag: "…" }]) {
    const fake = await contactForm7(t);
    const { status } = await (await before(t, "contact-form-7", { site: fake.url, ...settings })).send();
    assert.equal(status, 502, JSON.stringify(settings));
  }
});
