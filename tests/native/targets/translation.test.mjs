// @ts-check
// The translation itself: whom it lets send, what it takes, how long it remembers, and that it starts as the documents say.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import http from "node:http";
import test from "node:test";
import { fileURLToPath } from "node:url";
import { ORIGIN, before, body, bodyOf, json, kind, request, service } from "./sending.mjs";
import { translation } from "./translation.mjs";

const DAY_MS = 24 * 60 * 60 * 1000;

/** A service that takes everything, with a translation before it. */
async function open(t, more) {
  const fake = await service(t, () => [200, json, "{}", true]);
  return { fake, ...(await before(t, "webhook", { url: fake.url }, more)) };
}

test("a browser's question is answered for our origin alone", async (t) => {
  const { url, fake } = await open(t);
  const ask = (origin) => {
    const headers = { Origin: origin, "Access-Control-Request-Method": "POST" };
    return fetch(`${url}/requests`, { method: "OPTIONS", headers });
  };
  const ours = await ask(ORIGIN);
  assert.equal(ours.status, 204);
  assert.equal(ours.headers.get("access-control-allow-origin"), ORIGIN);
  assert.match(ours.headers.get("access-control-allow-methods") ?? "", /POST/);
  for (const origin of ["https://evil.example", "null", `${ORIGIN}.evil.example`]) {
    const other = await ask(origin);
    assert.deepEqual([other.status, other.headers.get("access-control-allow-origin")], [403, null], origin);
    const sent = await fetch(url, { method: "POST", headers: { Origin: origin, "Content-Type": kind }, body });
    assert.deepEqual([sent.status, sent.headers.get("access-control-allow-origin")], [403, null], origin);
  }
  assert.equal((await fetch(url, { method: "POST", headers: { "Content-Type": kind }, body })).status, 403, "no origin");
  assert.equal((await fetch(url, { headers: { Origin: ORIGIN } })).status, 405);
  assert.equal(fake.asked.length, 0);
});

const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xd9]);
const words = JSON.stringify(request);

test("what is no request is refused, readably for the program, and goes nowhere", async (t) => {
  const { send, fake } = await open(t);
  const many = Object.fromEntries(Array.from({ length: 13 }, (_, n) => [`before${n}`, jpeg]));
  for (const [what, sent, expected] of [
    ["JSON", { kind: "application/json", body: words }, 415],
    ["a form without files", { kind: "application/x-www-form-urlencoded", body: "request=1" }, 415],
    ["no boundary", { kind: "multipart/form-data", body }, 400],
    ["cut off", { kind, body: body.subarray(0, body.length - 100) }, 400],
    ["nothing", { kind, body: "" }, 400],
    ["no request", bodyOf({ before: jpeg }), 422],
    ["no JSON", bodyOf({ request: "{" }), 422],
    ["null", bodyOf({ request: "null" }), 422],
    ["no fields", bodyOf({ request: JSON.stringify({ ...request, fields: null }) }), 422],
    ["a number as name", bodyOf({ request: JSON.stringify({ ...request, fields: { ...request.fields, name: 1 } }) }), 422],
    ["a number as id", bodyOf({ request: JSON.stringify({ ...request, id: 12345678 }) }), 422],
    ["a path as id", bodyOf({ request: JSON.stringify({ ...request, id: "../../etc" }) }), 422],
    ["a line end in the id", bodyOf({ request: JSON.stringify({ ...request, id: "7K2M-9QXR\n" }) }), 422],
    ["an unknown part", bodyOf({ request: words, other: jpeg }), 422],
    ["no picture", bodyOf({ request: words, before: "<svg/>" }), 422],
    ["too many parts", bodyOf({ request: words, ...many }), 400],
    ["a field that is no file", { kind, body: nameless() }, 400],
    ["a part twice", { kind, body: doubled() }, 400],
    ["5 MB", bodyOf({ request: words, before: Buffer.concat([jpeg, Buffer.alloc(5e6)]) }), 413],
  ]) {
    const { status, headers, body: said } = await send(sent);
    assert.equal(status, expected, `${what} is answered ${status}`);
    assert.equal(headers.get("access-control-allow-origin"), ORIGIN, what);
    assert.equal(said.id, undefined, what);
  }
  assert.equal(fake.asked.length, 0);
  assert.equal((await send()).status, 201, "it goes on");
});

const boundary = kind.split("boundary=")[1];
const end = body.subarray(0, body.length - Buffer.byteLength(`--${boundary}--\r\n`));
const head = (rest) => `--${boundary}\r\nContent-Disposition: form-data; name="${rest}\r\n\r\n`;
const nameless = () => Buffer.concat([end, Buffer.from(`${head('other"')}x\r\n--${boundary}--\r\n`)]);
const doubled = () => Buffer.concat([end, Buffer.from(`${head('before"; filename="before.jpg"')}x\r\n--${boundary}--\r\n`)]);

test("a body that does not say how long it is may not be too long either", async (t) => {
  const { url, fake } = await open(t);
  const whole = bodyOf({ request: words, before: Buffer.concat([jpeg, Buffer.alloc(5e6)]) });
  const headers = { Origin: ORIGIN, "Content-Type": whole.kind };
  const status = await new Promise((resolve, reject) => {
    const sending = http.request(url, { method: "POST", headers }, (answer) => resolve(answer.resume().statusCode));
    sending.on("error", reject);
    for (let at = 0; at < whole.body.length; at += 1e6) sending.write(whole.body.subarray(at, at + 1e6));
    sending.end();
  });
  assert.equal(status, 413);
  assert.equal(fake.asked.length, 0);
});

test("a visitor who goes away in the middle ends nothing", async (t) => {
  const { url, send, fake } = await open(t);
  for (const [sent, headers] of [
    [body.subarray(0, 100_000), { Origin: ORIGIN, "Content-Type": kind, "Content-Length": body.length }],
    [body.subarray(0, 100_000), { Origin: "https://evil.example", "Content-Type": kind, "Content-Length": body.length }],
  ]) {
    await new Promise((resolve) => {
      const sending = http.request(url, { method: "POST", headers });
      sending.on("error", resolve).on("response", resolve);
      sending.write(sent, () => setImmediate(() => sending.destroy(new Error("gone"))));
    });
  }
  assert.equal(fake.asked.length, 0);
  assert.equal((await send()).status, 201);
});

test("an id is remembered for a day", async (t) => {
  let now = 1_800_000_000_000;
  const { send, fake } = await open(t, { now: () => now });
  assert.equal((await send()).status, 201);
  now += DAY_MS;
  assert.equal((await send()).status, 200);
  assert.equal(fake.taken.length, 1);
  now += 1;
  assert.equal((await send()).status, 201);
  assert.equal(fake.taken.length, 2);
});

test("a service that cannot be reached has nothing", async (t) => {
  const { send } = await before(t, "webhook", { url: "http://127.0.0.1:1/" });
  const { status, headers, body: said } = await send();
  assert.deepEqual([status, said.id], [502, undefined]);
  assert.equal(headers.get("access-control-allow-origin"), ORIGIN);
});

test("a service that does not answer is not waited for without end", async (t) => {
  const silent = await service(t, () => new Promise(() => {}));
  const { send } = await before(t, "webhook", { url: silent.url }, { serviceMs: 50 });
  assert.equal((await send()).status, 502);
});

test("an unknown target is said at the start", () => {
  assert.throws(() => translation({ target: "fax", origins: [ORIGIN], settings: {} }), /no target fax: webhook, contact-form-7/);
});

test("it starts from a file of settings", async (t) => {
  const fake = await service(t, () => [200, json, "{}", true]);
  const path = fileURLToPath(new URL("settings.json", import.meta.url));
  const settings = { port: 0, target: "webhook", origins: [ORIGIN], settings: { url: fake.url } };
  writeFileSync(path, JSON.stringify(settings));
  const program = spawn(process.execPath, [fileURLToPath(new URL("translation.mjs", import.meta.url)), path]);
  t.after(() => program.kill());
  const said = await new Promise((resolve, reject) => {
    program.stdout.once("data", (line) => resolve(String(line)));
    program.once("exit", (code) => reject(new Error(`it ended with ${code}`)));
  });
  const url = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0] ?? "";
  const answer = await fetch(url, { method: "POST", headers: { Origin: ORIGIN, "Content-Type": kind }, body });
  assert.deepEqual([answer.status, await answer.json()], [201, { id: request.id }]);
  assert.equal(fake.taken.length, 1);
});
