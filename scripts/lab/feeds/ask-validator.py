"""Asks the W3C's feed validator about files, and prints each rule that one breaks, as JSON.

ask-validator.py FOLDER-OF-THE-VALIDATOR [FILE ADDRESS]…
"""

import json
import sys

sys.path.insert(0, sys.argv[1])

import feedvalidator  # noqa: E402
from feedvalidator.logging import Error, ValidationFailure, Warning  # noqa: E402

found = []
for file, address in zip(sys.argv[2::2], sys.argv[3::2]):
    with open(file, "rb") as stream:
        try:
            events = feedvalidator.validateStream(stream, base=address)["loggedEvents"]
        except ValidationFailure as failure:
            events = [failure.event]
    for event in events:
        level = "error" if isinstance(event, Error) else "warning"
        if isinstance(event, (Error, Warning)):
            found.append(
                {
                    "address": address,
                    "rule": type(event).__name__,
                    "level": level,
                    "line": event.params.get("line"),
                    "element": event.params.get("element"),
                }
            )
json.dump(found, sys.stdout)
