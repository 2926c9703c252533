// @ts-check
// Receives requests of the program, passes each on to a service once, and answers as ../openapi.json says.
//
//     node translation.mjs settings.json
import { createHash } from "node:crypto";
import { readFileSync, realpathSync } from "node:fs";
import http from "node:http";
import { pathToFileURL } from "node:url";
import busboy from "busboy";
import * as contactForm7 from "./contact-form-7.mjs";
import { PICTURES, failed, tooLarge } from "./contract.mjs";
import * as formspree from "./formspree.mjs";
import * as hubspot from "./hubspot.mjs";
import * as netlify from "./netlify.mjs";
import * as webhook from "./webhook.mjs";

/** @typedef {import("./contract.mjs").Answer} Answer */
/** @typedef {import("./contract.mjs").Parts} Parts */

/**
 * @typedef {object} Target
 * @property {(parts: Parts, settings: any) => import("./contract.mjs").Sent} toTarget
 * @property {(status: number, text: string, id: string) => Answer} fromTarget
 */

/** @type {Record<string, Target>} */
const TARGETS = { webhook, "contact-form-7": contactForm7, hubspot, netlify, formspree };

/** The largest body. The program sends 2 MB at most. */
const BODY_BYTES = 4 * 1024 * 1024;
/** How long a body may take. */
const BODY_MS = 120_000;
/** How long the service may take: the program waits for 30 s. */
const SERVICE_MS = 25_000;
/** How long an id is remembered. */
const DAY_MS = 24 * 60 * 60 * 1000;

/** Why a request is not taken, as it is answered. */
class Refusal extends Error {
  /** @param {number} status @param {string} sentence */
  constructor(status, sentence) {
    super(sentence);
    this.answer = { status, body: { error: sentence } };
  }
}

/** @param {http.IncomingHttpHeaders} headers */
function parser(headers) {
  try {
    return busboy({ headers, limits: { fields: 0, files: PICTURES.length + 2 } });
  } catch {
    throw new Refusal(400, "Not a request.");
  }
}

/**
 * The parts of a body, by name.
 *
 * @param {http.IncomingMessage} message
 * @returns {Promise<Map<string, Buffer>>}
 */
function read(message) {
  return new Promise((resolve, reject) => {
    if (!/^multipart\/form-data\b/i.test(message.headers["content-type"] ?? "")) {
      throw new Refusal(415, "Not multipart/form-data.");
    }
    const broken = () => reject(new Refusal(400, "Not a request."));
    const parts = new Map();
    const form = parser(message.headers);
    form.on("file", (name, stream) => {
      /** @type {Buffer[]} */
      const pieces = [];
      if (parts.has(name)) broken();
      stream.on("data", (piece) => pieces.push(piece));
      stream.on("end", () => parts.set(name, Buffer.concat(pieces)));
      // A body that is cut off is an error here too: without a listener the program would end.
      stream.on("error", broken);
    });
    for (const event of ["error", "fieldsLimit", "filesLimit"]) form.on(event, broken);
    form.on("close", () => resolve(parts));
    let bytes = 0;
    message.on("data", (piece) => {
      bytes += piece.length;
      if (bytes > BODY_BYTES) reject(new Refusal(413, "The request is too large."));
    });
    message.on("error", broken);
    message.pipe(form);
  });
}

/** @param {Buffer} bytes */
const isJpeg = (bytes) => bytes.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff]));

/**
 * What the parts are of.
 *
 * @param {Map<string, Buffer>} parts
 * @returns {Parts}
 */
function understood(parts) {
  /** @type {Record<string, any>} */
  let request = {};
  try {
    request = JSON.parse(String(parts.get("request")));
  } catch {
    throw new Refusal(422, "The part request is no JSON.");
  }
  const { id, fields } = request ?? {};
  const texts = [id, fields?.name, fields?.email, fields?.phone, fields?.message];
  if (texts.some((value) => typeof value !== "string") || !/^[A-Za-z0-9-]{8,64}$/.test(id)) {
    throw new Refusal(422, "The part request has no id, or no fields.");
  }
  const pictures = [...parts].filter(([name]) => name !== "request" && name !== "design");
  const isWrong = pictures.some(([name, bytes]) => !PICTURES.includes(name) || !isJpeg(bytes));
  if (isWrong) throw new Refusal(422, "A part is not known, or no JPEG.");
  return { request, design: parts.get("design")?.toString(), pictures: Object.fromEntries(pictures) };
}

/** @param {Map<string, Buffer>} parts */
function digest(parts) {
  const hash = createHash("sha256");
  for (const [name, bytes] of parts) hash.update(`${name} ${bytes.length}\n`).update(bytes);
  return hash.digest("hex");
}

/**
 * Hands it to the service.
 *
 * @param {Parts} parts
 * @param {Target} target
 * @param {unknown} settings
 * @param {number} serviceMs
 * @returns {Promise<Answer>}
 */
async function passOn(parts, target, settings, serviceMs) {
  try {
    const { url, init } = target.toTarget(parts, settings);
    const answer = await fetch(url, { ...init, signal: AbortSignal.timeout(serviceMs) });
    return target.fromTarget(answer.status, await answer.text(), parts.request.id);
  } catch (error) {
    console.error(`${parts.request.id}: ${error}`);
    return failed();
  }
}

/**
 * Takes each request once: the same again is answered as the first time, also while that is still on its way.
 *
 * @param {(parts: Parts) => Promise<Answer>} pass
 * @param {() => number} now
 */
function once(pass, now) {
  /** @type {Map<string, { digest: string, since: number, answer: Promise<Answer> }>} */
  const known = new Map();
  /** @param {Map<string, Buffer>} raw @returns {Promise<Answer>} */
  return async (raw) => {
    const parts = understood(raw);
    const { id } = parts.request;
    for (const [old, { since }] of known) if (now() - since > DAY_MS) known.delete(old);
    const before = known.get(id);
    if (before && before.digest !== digest(raw)) throw new Refusal(409, "Another request has this id.");
    if (before) {
      const answer = await before.answer;
      return answer.status === 201 ? { ...answer, status: 200 } : answer;
    }
    const answer = pass(parts);
    known.set(id, { digest: digest(raw), since: now(), answer });
    if ((await answer).status !== 201) known.delete(id);
    return answer;
  };
}

/**
 * The server.
 *
 * @param {object} options
 * @param {string} options.target The service's name: a key of `TARGETS`.
 * @param {string[]} options.origins The program's origins.
 * @param {any} options.settings The service's.
 * @param {() => number} [options.now] The clock, ms.
 * @param {number} [options.serviceMs] How long the service may take, ms.
 * @returns {http.Server}
 */
export function translation({ target, origins, settings, now = Date.now, serviceMs = SERVICE_MS }) {
  const service = TARGETS[target];
  if (!service) throw new Error(`There is no target ${target}: ${Object.keys(TARGETS).join(", ")}.`);
  const take = once((parts) => passOn(parts, service, settings, serviceMs), now);
  const server = http.createServer(async (message, response) => {
    const origin = message.headers.origin ?? "";
    const isOurs = origins.includes(origin);
    const allowed = isOurs ? { "Access-Control-Allow-Origin": origin, Vary: "Origin" } : {};
    if (isOurs && message.method === "OPTIONS") {
      response.writeHead(204, { ...allowed, "Access-Control-Allow-Methods": "POST", "Access-Control-Max-Age": "600" }).end();
      return;
    }
    let answer = failed();
    try {
      if (!isOurs) throw new Refusal(403, "Requests from this site are not accepted here.");
      if (message.method !== "POST") throw new Refusal(405, "Only POST.");
      answer = await take(await read(message));
    } catch (error) {
      if (error instanceof Refusal) answer = error.answer;
      else console.error(error);
    }
    // What is left of the body is read to its end: else the browser would see no answer.
    message.unpipe();
    message.resume();
    response.writeHead(answer.status, { ...allowed, "Content-Type": "application/json" }).end(JSON.stringify(answer.body));
  });
  server.requestTimeout = BODY_MS;
  return server;
}

if (import.meta.url === pathToFileURL(realpathSync(process.argv[1] ?? ".")).href) {
  const { port = 8081, ...options } = JSON.parse(readFileSync(process.argv[2] ?? "settings.json", "utf8"));
  const server = translation(options).listen(port, "127.0.0.1", () => {
    const { port: open } = /** @type {import("node:net").AddressInfo} */ (server.address());
    console.log(`http://127.0.0.1:${open} passes on to ${options.target}.`);
  });
}
