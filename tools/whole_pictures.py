"""Tells schemathesis what a picture is: its own guesses are no JPEG, so no request with a picture would be taken."""

import schemathesis
from hypothesis import strategies

# A comment, a frame of 64 by 48 pixels and a scan of nothing.
PICTURE = (
    b"\xff\xd8\xff\xfe\x00\x06test"
    b"\xff\xc0\x00\x0b\x08\x00\x30\x00\x40\x01\x01\x11\x00"
    b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00"
    b"\x00\x01\xff\xd9"
)

schemathesis.openapi.media_type("image/jpeg", strategies.just(PICTURE))
