"""Reads a body of multipart/form-data with werkzeug and says what is in it: python read.py FILE CONTENT-TYPE."""

import base64
import json
import os
import sys

from werkzeug.formparser import FormDataParser

path, kind = sys.argv[1:]
with open(path, "rb") as body:
    mime, _, options = kind.partition(";")
    boundary = options.partition("boundary=")[2].strip('"')
    parser = FormDataParser(silent=False)
    _, fields, files = parser.parse(body, mime.strip(), os.path.getsize(path), {"boundary": boundary})
if fields:
    sys.exit(f"fields without a file's name: {list(fields)}")
print(json.dumps([
    [name, file.filename, file.mimetype, base64.b64encode(file.read()).decode()]
    for name, file in files.items(multi=True)
]))
