"""Run by an interpreter that has the peers: shapes of standard input to what each of them makes of it."""

from __future__ import annotations

import json
import os
import sys
import warnings
from importlib.metadata import version
from typing import Any

os.environ["LITELLM_LOCAL_MODEL_COST_MAP"] = "True"  # else it asks the network
warnings.simplefilter("ignore")


def _openai(chunks: list[Any]) -> Any:
    from openai.lib.streaming.chat import ChatCompletionStreamState
    from openai.types.chat import ChatCompletionChunk

    state: Any = ChatCompletionStreamState()
    for chunk in chunks:
        state.handle_chunk(ChatCompletionChunk.construct(**chunk) if not chunk else _built(ChatCompletionChunk, chunk))
    return state.current_completion_snapshot.model_dump(mode="json", warnings=False)


def _built(kind: Any, chunk: Any) -> Any:
    """As the client makes one of what came: nothing is checked."""
    from openai._models import construct_type

    return construct_type(value=chunk, type_=kind)


def _litellm(chunks: list[Any]) -> Any:
    from litellm import ModelResponseStream, stream_chunk_builder

    whole: Any = stream_chunk_builder([ModelResponseStream(**chunk) for chunk in chunks])
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
