// @ts-check
// A body of multipart/form-data. `FormData` makes every line end of a text CR LF; here a text stays as the visitor wrote it.

/**
 * The body with its media type. The boundary is made of the request's id, so that the same request gives the same bytes, and is
 * in none of its values.
 *
 * @param {string} id The request's id: 8 to 64 of `A-Z a-z 0-9 -`.
 * @param {[name: string, value: string][]} fields
 * @param {[name: string, jpeg: Buffer][]} files
 * @returns {{ type: string, body: Buffer<ArrayBuffer> }}
 */
export function multipart(id, fields, files) {
  const values = [...fields.map(([, value]) => Buffer.from(value)), ...files.map(([, jpeg]) => jpeg)];
  let boundary = `x-${id}`;
  for (let n = 0; values.some((value) => value.includes(boundary)); n += 1) boundary = `x${n}-${id}`;
  /** @param {string} name @param {string} more @param {Buffer} value */
  const part = (name, more, value) => [
    Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n`),
    value,
    Buffer.from("\r\n"),
  ];
  const body = [
    ...fields.map(([name, value]) => part(name, "", Buffer.from(value))),
    ...files.map(([name, jpeg]) => part(name, `; filename="${name}.jpg"\r\nContent-Type: image/jpeg`, jpeg)),
    Buffer.from(`--${boundary}--\r\n`),
  ];
  return { type: `multipart/form-data; boundary=${boundary}`, body: Buffer.concat(body.flat()) };
}
