"""Runs where openapi-core is installed: takes jobs from standard input, and prints its verdicts as JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from importlib import import_module
from typing import Any

_CORE: Any = import_module("openapi_core")  # it is not where types are checked
_TESTING: Any = import_module("openapi_core.testing")
_HOST = "http://localhost"


def verdicts(job: dict[str, Any]) -> list[bool]:
    """Whether each value is taken as the body that the artifact of the job is."""
    document: dict[str, Any] = {**job["bundle"], "servers": [{"url": _HOST}]}
    reader = _CORE.OpenAPI.from_dict(document)
    bodies = [*_bodies(document["paths"])]
    # A schema that was named alone has a path of its own.
    operation = next((each for each, name in bodies if name == job["artifact"]), bodies[0][0])
    return [_is_taken(reader, operation, value) for value in job["values"]]


def _bodies(paths: dict[str, Any]) -> Iterator[tuple[tuple[str, str], str]]:
    """The operation of each body of a request, and its schema's name in lower case."""
    for path, methods in paths.items():
        for method, operation in methods.items():
            for media in operation.get("requestBody", {}).get("content", {}).values():
                yield (method, path), media["schema"]["$ref"].rpartition("/")[2].lower()


def _is_taken(reader: Any, operation: tuple[str, str], value: object) -> bool:
    request = _TESTING.MockRequest(_HOST, *operation, data=json.dumps(value).encode(), content_type="application/json")
    return not [*reader.iter_apicall_request_errors(request)]


if __name__ == "__main__":
    json.dump([verdicts(job) for job in json.load(sys.stdin)], sys.stdout)
