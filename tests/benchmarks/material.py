"""What the requests of the benchmark are made of: prose, tool results, tools and schemas, the same on every run."""

from __future__ import annotations

import base64
import itertools
import json
from typing import Any

__all__ = ["Document", "encoded", "prose", "recording", "schema_of_everything", "tool", "tool_result", "tools"]

Document = dict[str, Any]

_SENTENCES = (
    "The export job finishes, but the totals in the last column are off by a few cents.",
    "Could you look at it again?",
    "Here is what I have tried so far: I cleared the cache, restarted the worker and ran the import by hand.",
    'The log only says "connection reset by peer", which does not tell me much.',
    "Please keep the answer short.",
    "We ship to eleven countries, and each of them has its own rules for returns, so a single text will not do.",
    "Thanks, that helps.",
    "On Monday the invoice arrived twice; the second copy carries a different number and an earlier due date.",
    "What would you change first?",
    "The function below takes a list of intervals and merges those that overlap:\n\n```python\ndef merge(spans):\n"
    "    spans.sort()\n    out = [spans[0]]\n    for start, end in spans[1:]:\n        if start <= out[-1][1]:\n"
    "            out[-1] = (out[-1][0], max(end, out[-1][1]))\n        else:\n            out.append((start, end))\n"
    "    return out\n```\n\nIt fails for an empty list.",
    "I would rather pay a little more than wait for a week.",
    "In short, the tenant may leave at the end of any month, provided that the letter is sent ninety days before.",
    "Is there a quieter hotel within walking distance of the station?",
    "1. Measure the room.\n2. Subtract the door.\n3. Add a tenth for waste.",
    "The committee met on 12 March and voted, 7 to 2, to move the playground behind the library.",
    "Her doctor raised the dose from 20 mg to 40 mg in May, and the headaches stopped a fortnight later.",
    "No.",
    'The path is "C:\\Users\\Public\\reports\\2025\\Q3.xlsx", and the sheet is called "Summary".',
    "Revenue rose by 4.2 % to 1.31 million, while costs stayed level, so that the margin went from 18 % to 21 %.",
    "Answer only from the documents that follow; where they say nothing, say that they say nothing.",
    "Fermentation starts slowly below sixteen degrees and runs away above twenty-eight.",
    "Smørbrød, blåbær og kaffe til tolv, helst før klokka elleve.",
    "Peut-être vaut-il mieux réserver une table près de la fenêtre.",
    "Never quote a price without its currency, never promise a date, and hand over to a person when someone is upset.",
    "The second paragraph contradicts the first, and neither agrees with the table on page 14.",
    "She asked whether the deposit is refunded if the course is cancelled, and nobody at the desk knew.",
)
_ASIDE = "了解しました。明日の午前中に確認します 🙂 "

_RECORDS: dict[str, Document] = {
    "customer": {"name": "string", "email": "string", "country": "string", "language": ["en", "de", "fr", "nb"]},
    "order": {"number": "string", "total": "number", "currency": ["EUR", "NOK", "USD"], "express": "boolean"},
    "invoice": {"number": "string", "due_in_days": "integer", "net": "number", "tax": "number", "paid": "boolean"},
    "ticket": {"subject": "string", "body": "string", "priority": ["low", "normal", "high", "urgent"]},
    "flight": {"origin": "string", "destination": "string", "departure": "string", "stops": "integer"},
    "hotel": {"city": "string", "stars": "integer", "price_per_night": "number", "breakfast": "boolean"},
    "calendar_event": {"title": "string", "starts_at": "string", "ends_at": "string", "all_day": "boolean"},
    "email": {"to": "string", "subject": "string", "body": "string", "importance": ["low", "normal", "high"]},
    "file": {"path": "string", "encoding": ["utf-8", "latin-1"], "size": "integer", "read_only": "boolean"},
    "product": {"sku": "string", "title": "string", "price": "number", "in_stock": "boolean"},
    "shipment": {"carrier": ["post", "courier", "pick-up"], "weight_kg": "number", "parcels": "integer"},
    "contract": {"party": "string", "signed_on": "string", "notice_days": "integer", "renews": "boolean"},
    "patient": {"name": "string", "born_on": "string", "allergies": "string", "insured": "boolean"},
    "recipe": {"title": "string", "servings": "integer", "minutes": "integer", "vegetarian": "boolean"},
    "repository": {"owner": "string", "branch": "string", "visibility": ["public", "internal", "private"]},
    "vehicle": {"plate": "string", "maker": "string", "mileage": "integer", "fuel": ["diesel", "electric", "petrol"]},
}
_ID: Document = {"id": {"type": "string", "description": "The id that an earlier call returned."}}
_VERBS: dict[str, Document] = {
    "get": _ID,
    "delete": _ID | {"confirm": {"type": "boolean", "description": "Must be true; asks the user first."}},
    "list": {
        "limit": {"type": "integer", "minimum": 1, "maximum": 100, "description": "How many to return at most."},
        "cursor": {"type": ["string", "null"], "description": "Where the last page ended."},
    },
    "search": {"query": {"type": "string", "description": "Words to look for; quote a phrase."}},
    "create": {},
    "update": _ID,
    "export": {"format": {"type": "string", "enum": ["csv", "json", "pdf"], "description": "The kind of file."}},
    "share": _ID | {"with": {"type": "array", "items": {"type": "string"}, "description": "Addresses of people."}},
}


def prose(start: int, length: int) -> str:
    """Exactly *length* characters of text, from the sentence of number *start* on, in paragraphs of five."""
    parts: list[str] = []
    written = 0
    for number in itertools.count(start):
        ending = "\n\n" if number % 5 == 4 else " "
        aside = _ASIDE if number % 97 == 96 else ""
        parts.append(f"{aside}{_SENTENCES[number % len(_SENTENCES)]}{ending}")
        written += len(parts[-1])
        if written >= length:
            break
    return "".join(parts)[: length - 1] + "."


def tool_result(number: int, length: int) -> str:
    """JSON text of about *length* characters, as tools return it."""
    rows: list[Document] = []
    while sum(map(len, map(str, rows))) < length - 100:
        row = number + len(rows)
        found = {"id": f"rec_{row:05}", "score": row % 97 / 97, "url": f"https://example.com/{row}"}
        rows.append({**found, "title": prose(row, 40)})
    return json.dumps({"ok": True, "count": len(rows), "results": rows})


def recording(length: int) -> str:
    """About *length* characters of base64."""
    return base64.b64encode(bytes(number * number % 251 for number in range(length * 3 // 4))).decode()


def tool(number: int) -> Document:
    """The tool of that number, of 128 different ones."""
    verb, extra = list(_VERBS.items())[number // len(_RECORDS) % len(_VERBS)]
    noun = list(_RECORDS)[number % len(_RECORDS)]
    words = noun.replace("_", " ")
    properties = {**extra, **(_properties(noun) if verb not in {"get", "delete", "share"} else {})}
    return {
        "type": "function",
        "function": {
            "name": f"{verb}_{noun}",
            "description": f"{verb.capitalize()} a {words}. {prose(number, 60 + number * 37 % 240)}",
            "parameters": {
                "type": "object",
                "properties": properties,
                "required": list(properties)[:2],
                "additionalProperties": False,
            },
        },
    }


def tools(count: int) -> list[Document]:
    """The first *count* tools."""
    return [tool(number) for number in range(count)]


def schema_of_everything() -> Document:
    """A JSON Schema of about 5 KB for a structured answer."""
    records = {
        noun: {
            "type": "object",
            "properties": _properties(noun),
            "required": list(_RECORDS[noun]),
            "additionalProperties": False,
        }
        for noun in list(_RECORDS)[:10]
    }
    properties = {noun: {"type": "array", "items": {"$ref": f"#/$defs/{noun}"}} for noun in records}
    closed = {"required": list(properties), "additionalProperties": False}
    return {"type": "object", "properties": properties, **closed, "$defs": records}


def _properties(noun: str) -> Document:
    words = noun.replace("_", " ")
    return {
        name: {"description": f"The {name.replace('_', ' ')} of the {words}."} | _type(kind)
        for name, kind in _RECORDS[noun].items()
    }


def _type(kind: str | list[str]) -> Document:
    return {"type": kind} if isinstance(kind, str) else {"type": "string", "enum": kind}


def encoded(document: object) -> bytes:
    """The bytes that a client sends: compact, in UTF-8."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
