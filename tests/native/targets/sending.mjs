// @ts-check
// What the program sent, and what stands on both sides of a translation: the program, which sends it, and a service that is a fake.
// Beside it lie the body, its media type, and each part as it went in.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import http from "node:http";
import test from "node:test";
import busboy from "busboy";
import { translation } from "./translation.mjs";

/** A test that waits for ever is one that fails. */
setTimeout(() => {
  console.error("The tests took too long.");
  process.exit(1);
}, 120_000).unref();

export const ORIGIN = "https://designer.clinic.example";

const file = (name) => readFileSync(new URL(name, import.meta.url));
export const request = JSON.parse(file("request.json").toString());
/** The page of a target, for what it tells to set up. */
export const page = (target) => file(`${target}.md`).toString();
export const design = file("design.json").toString();
export const pictures = Object.fromEntries(
  ["before", "after", "before-top", "after-top"].map((name) => [name, file(`${name}.jpg`)]),
);
export const body = file("body");
export const kind = file("kind").toString();

/** The same body with other bytes in the request's message, as many as before. */
export function changed(from, to) {
  assert.equal(Buffer.byteLength(from), Buffer.byteLength(to));
  const at = body.indexOf(from);
  assert.notEqual(at, -1, `the body has no ${from}`);
  return Buffer.concat([body.subarray(0, at), Buffer.from(to), body.subarray(at + Buffer.byteLength(from))]);
}

/** A body of other parts. */
export function bodyOf(parts, boundary = "other") {
  const written = Object.entries(parts).flatMap(([name, value]) => [
    `--${boundary}\r\nContent-Disposition: form-data; name="${name}"; filename="${name}"\r\n\r\n`,
    value,
    "\r\n",
  ]);
  return {
    kind: `multipart/form-data; boundary=${boundary}`,
    body: Buffer.concat([...written, `--${boundary}--\r\n`].map((piece) => Buffer.from(piece))),
  };
}

/** Starts a server until the test ends. */
export async function started(t, server) {
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${server.address().port}`;
}

/** The fields and files of a body, read by busboy; `null` where it is no multipart/form-data. */
function read(headers, bytes) {
  if (!(headers["content-type"] ?? "").startsWith("multipart/form-data")) return null;
  return new Promise((resolve, reject) => {
    const fields = [];
    const files = [];
    const form = busboy({ headers, limits: { fieldSize: 1e7 } });
    form.on("field", (name, value) => fields.push([name, value]));
    form.on("file", (name, stream, { filename, mimeType }) => {
      const pieces = [];
      stream.on("data", (piece) => pieces.push(piece));
      stream.on("end", () => files.push({ name, filename, mimeType, bytes: Buffer.concat(pieces) }));
    });
    form.on("error", reject).on("close", () => resolve({ fields, files }));
    form.end(bytes);
  });
}

/**
 * A service. What it took is in `taken`. `answer(got)` says `[status, headers, body]`, and for what it takes `true` at the end.
 */
export async function service(t, answer) {
  const taken = [];
  const asked = [];
  const server = http.createServer(async (message, response) => {
    const pieces = [];
    for await (const piece of message) pieces.push(piece);
    const bytes = Buffer.concat(pieces);
    const form = await read(message.headers, bytes);
    const got = { method: message.method, url: message.url, headers: message.headers, bytes, ...form };
    asked.push(got);
    const [status, headers, text, isTaken] = await answer(got);
    if (isTaken) taken.push(got);
    response.writeHead(status, headers).end(text);
  });
  return { url: await started(t, server), taken, asked };
}

/** A translation in front of a service: `send` is what the program does. */
export async function before(t, target, settings, more = {}) {
  const url = await started(t, translation({ target, origins: [ORIGIN], settings, ...more }));
  const send = async (sent = { body, kind }) => {
    const headers = { Origin: ORIGIN, "Content-Type": sent.kind ?? kind };
    const answer = await fetch(`${url}/requests`, { method: "POST", headers, body: sent.body, redirect: "error" });
    return { status: answer.status, headers: answer.headers, body: await answer.json() };
  };
  return { url, send };
}

export const json = { "Content-Type": "application/json" };
export const html = { "Content-Type": "text/html; charset=utf-8" };

/** The value of a field that is there once. */
export function field({ fields }, name) {
  const values = fields.filter(([other]) => other === name).map(([, value]) => value);
  assert.equal(values.length, 1, `${name} is there ${values.length} times`);
  return values[0];
}

/** Text that has to be the same to the byte, line ends too. */
export function same(found, expected) {
  assert.deepEqual(Buffer.from(found), Buffer.from(expected), `${JSON.stringify(found)} is not ${JSON.stringify(expected)}`);
}

/** The pictures as they were sent, and nothing else. */
export function samePictures(files) {
  assert.deepEqual(files.map(({ name }) => name).sort(), Object.keys(pictures).sort());
  for (const { name, filename, mimeType, bytes } of files) {
    assert.equal(filename, `${name}.jpg`);
    assert.equal(mimeType, "image/jpeg");
    assert.ok(bytes.equals(pictures[name]), `${name} has other bytes`);
  }
}

/**
 * What has to hold whatever the service is. `setUp(t)` gives the settings and the fake; `arrived(got)` compares what arrived with
 * what was sent.
 */
export function everyTarget(target, setUp, arrived) {
  test(`${target}: what arrives is what was sent, and the answer carries our id`, async (t) => {
    const { fake, settings } = await setUp(t);
    const { send } = await before(t, target, settings);
    const answer = await send();
    assert.deepEqual(answer.body, { id: request.id });
    assert.equal(answer.status, 201);
    assert.equal(answer.headers.get("access-control-allow-origin"), ORIGIN);
    assert.equal(fake.taken.length, 1);
    arrived(fake.taken[0]);
  });

  test(`${target}: the same id is passed on once, also at once`, async (t) => {
    const { fake, settings } = await setUp(t);
    const { send } = await before(t, target, settings);
    const atOnce = await Promise.all([send(), send(), send()]);
    assert.deepEqual(atOnce.map(({ status }) => status).sort(), [200, 200, 201]);
    const later = await send();
    assert.deepEqual([later.status, later.body], [200, { id: request.id }]);
    assert.equal(fake.taken.length, 1);
    const other = await send({ body: changed("Line one", "Line two") });
    assert.equal(other.status, 409);
    assert.equal(fake.taken.length, 1);
  });

  test(`${target}: a service that fails has nothing, and the next try is passed on`, async (t) => {
    const { fake: real, settings: working } = await setUp(t);
    let fault = [500, html, "<h1>Internal Server Error</h1>"];
    const fake = await service(t, async (got) => {
      if (fault) return fault;
      const sent = { method: "POST", headers: onward(got.headers), body: got.bytes };
      const answer = await fetch(real.url + got.url, { ...sent, redirect: "manual" });
      return [answer.status, { "Content-Type": answer.headers.get("content-type") ?? "" }, await answer.text()];
    });
    const settings = JSON.parse(JSON.stringify(working).replaceAll(real.url, fake.url));
    const { send } = await before(t, target, settings);
    for (const [answered, expected] of [
      [[500, html, "<h1>Internal Server Error</h1>"], 502],
      [[404, json, "{}"], 502],
      [[302, { Location: "/login" }, ""], 502],
      [[429, json, "{}"], 502],
      [[413, html, "too large"], 413],
    ]) {
      fault = answered;
      const { status, body: said } = await send();
      assert.equal(status, expected, `${answered[0]} became ${status}`);
      assert.equal(said.id, undefined);
    }
    fault = null;
    assert.equal((await send()).status, 201);
    assert.equal(real.taken.length, 1);
  });
}

/** The headers that a proxy hands on. */
function onward(headers) {
  const { host: _host, connection: _connection, "content-length": _length, "transfer-encoding": _coding, ...rest } = headers;
  return rest;
}
