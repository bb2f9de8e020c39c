"""Run by an interpreter that has the peers: shapes of standard input to what each of them makes of it."""

from __future__ import annotations

import json
import os
import sys
import warnings
from importlib import import_module
from importlib.metadata import version
from typing import Any

os.environ["LITELLM_LOCAL_MODEL_COST_MAP"] = "True"  # else it asks the network
warnings.simplefilter("ignore")


def _openai(chunks: list[Any]) -> Any:
    kind: Any = import_module("openai.types.chat").ChatCompletionChunk
    state: Any = import_module("openai.lib.streaming.chat").ChatCompletionStreamState()
    build: Any = import_module("openai._models").construct_type  # as the client does: nothing is checked
    for chunk in chunks:
        state.handle_chunk(build(value=chunk, type_=kind))
    return state.current_completion_snapshot.model_dump(mode="json", warnings=False)


def _litellm(chunks: list[Any]) -> Any:
    litellm: Any = import_module("litellm")
    whole: Any = litellm.stream_chunk_builder([litellm.ModelResponseStream(**chunk) for chunk in chunks])
    return whole.model_dump(mode="json", warnings=False)


def main() -> None:
    """Print a JSON object: versions, and for each shape and peer a completion or an exception's name."""
    shapes: list[list[Any]] = json.load(sys.stdin)
    peers = {"openai": _openai, "litellm": _litellm}
    found: list[dict[str, Any]] = []
    for chunks in shapes:
        row: dict[str, Any] = {}
        for name, build in peers.items():
            try:
                row[name] = build(json.loads(json.dumps(chunks)))
            except Exception as error:
                row[name] = type(error).__name__
        found.append(row)
    json.dump({"versions": {name: version(name) for name in peers}, "found": found}, sys.stdout)


main()
