// Reads a body of multipart/form-data with busboy and says what is in it: node read.cjs FILE CONTENT-TYPE.
const { createReadStream } = require("node:fs");
const busboy = require("busboy");

const [path, kind] = process.argv.slice(2);
const parts = [];
const parser = busboy({ headers: { "content-type": kind } });
parser.on("file", (name, stream, { filename, mimeType }) => {
  const pieces = [];
  stream.on("data", (piece) => pieces.push(piece));
  stream.on("end", () => parts.push([name, filename, mimeType, Buffer.concat(pieces).toString("base64")]));
});
parser.on("field", (name) => parts.push([name, "", "", ""]));
parser.on("close", () => console.log(JSON.stringify(parts)));
createReadStream(path).pipe(parser);
