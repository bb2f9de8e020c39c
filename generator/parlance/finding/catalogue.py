"""Every code that the tool itself can give, with its name, its usual severity and one sentence.

A code is never reused. 0xx are faults of the text, 1xx of the structure, 6xx of files, 7xx of streams and exchanges,
9xx of a spec.
"""

from __future__ import annotations

from typing import NamedTuple

from .severity import Severity

__all__ = ["CATALOGUE", "Entry", "family"]


class Entry(NamedTuple):
    """What a code means."""

    name: str
    """The fault in lower-case words joined by hyphens."""

    severity: Severity
    summary: str


_FAMILIES = {
    "PAR0": "Text",
    "PAR1": "Structure",
    "PAR2": "Parameters",
    "PAR3": "Conversation",
    "PAR4": "Tools and structured output",
    "PAR5": "Models, dialects and deprecations",
    "PAR6": "Files",
    "PAR7": "Streams and exchanges",
    "PAR8": "Answers",
    "PAR9": "Specs",
}


def family(code: str) -> str:
    """What *code* and its neighbours are about, as a title."""
    return _FAMILIES.get(code[:4], "Others")


_ERROR = Severity.ERROR
_WARNING = Severity.WARNING
_INFO = Severity.INFO

CATALOGUE: dict[str, Entry] = {
    "PAR001": Entry("invalid-json", _ERROR, "The text is not JSON."),
    "PAR002": Entry("invalid-encoding", _ERROR, "The bytes are not UTF-8."),
    "PAR003": Entry("byte-order-mark", _ERROR, "The text starts with a byte order mark."),
    "PAR004": Entry("duplicate-key", _ERROR, "An object has the same key twice; the last value is checked."),
    "PAR005": Entry("not-a-json-number", _ERROR, "NaN and Infinity are not JSON."),
    "PAR006": Entry("number-out-of-range", _ERROR, "A number is too large for a 64-bit float."),
    "PAR007": Entry("lone-surrogate", _ERROR, "An escape names one half of a surrogate pair."),
    "PAR008": Entry("nested-too-deeply", _ERROR, "The document is nested more than 512 levels deep."),
    "PAR009": Entry("empty-document", _ERROR, "There is no document in the text."),
    "PAR010": Entry("invalid-yaml", _ERROR, "The text is not YAML, or says what JSON cannot."),
    "PAR011": Entry("yaml-alias-explosion", _ERROR, "YAML aliases expand to far more nodes than the text holds."),
    "PAR012": Entry("event-stream", _ERROR, "The text is an event stream, a response as it was streamed."),
    "PAR013": Entry("template-not-filled", _INFO, "A placeholder of a template stands where a value should."),
    "PAR014": Entry("unrendered-template", _ERROR, "The text is JSON only after its template is rendered."),
    "PAR015": Entry("document-over-lines", _ERROR, "A document of a file of lines goes on over several lines."),
    "PAR016": Entry("array-on-a-line", _ERROR, "A line of a file of lines is an array of what lines should be."),
    "PAR101": Entry("missing-field", _ERROR, "A required field is absent."),
    "PAR102": Entry("unknown-field", _ERROR, "A field is not known, and the dialect refuses unknown ones."),
    "PAR103": Entry("wrong-type", _ERROR, "A value is of the wrong JSON type."),
    "PAR104": Entry("unexpected-null", _ERROR, "A value is null where null is not accepted."),
    "PAR105": Entry("unknown-value", _ERROR, "A value is not one of the accepted ones."),
    "PAR106": Entry("number-too-small", _ERROR, "A number is below its lower bound."),
    "PAR107": Entry("number-too-large", _ERROR, "A number is above its upper bound."),
    "PAR108": Entry("not-a-multiple", _ERROR, "A number is not a multiple of the required step."),
    "PAR109": Entry("text-too-short", _ERROR, "A string has too few characters."),
    "PAR110": Entry("text-too-long", _ERROR, "A string has too many characters."),
    "PAR111": Entry("pattern-mismatch", _ERROR, "A string does not match the required pattern."),
    "PAR112": Entry("too-few-items", _ERROR, "An array has too few items."),
    "PAR113": Entry("too-many-items", _ERROR, "An array has too many items."),
    "PAR114": Entry("repeated-item", _ERROR, "An array has the same item twice."),
    "PAR115": Entry("too-few-fields", _ERROR, "An object has too few fields."),
    "PAR116": Entry("too-many-fields", _ERROR, "An object has too many fields."),
    "PAR117": Entry("invalid-key", _ERROR, "A key of a map breaks the rule for its keys."),
    "PAR118": Entry("no-matching-variant", _ERROR, "A value matches none of the accepted forms."),
    "PAR120": Entry("absent-documented-field", _WARNING, "A field that the documentation promises is absent."),
    "PAR121": Entry("misspelt-field", _WARNING, "An unknown field has a name close to a known one."),
    "PAR122": Entry("ignored-field", _WARNING, "A field is not known, and the dialect ignores it."),
    "PAR123": Entry("misspelt-value", _WARNING, "A value that is not known is spelt almost like one that is."),
    "PAR124": Entry("refused-field", _ERROR, "A field is known, and the dialect refuses it."),
    "PAR125": Entry("field-without-effect", _WARNING, "A field or a value is known, and the dialect ignores it."),
    "PAR126": Entry("clamped-number", _WARNING, "A number is beyond a bound, and the dialect reads it as the bound."),
    "PAR127": Entry("mapped-value", _WARNING, "A value is read as another one."),
    "PAR128": Entry("renamed-field", _ERROR, "A field has another name in the dialect."),
    "PAR129": Entry("converted-text", _WARNING, "A text is read as the number or the boolean that it spells."),
    "PAR601": Entry("undetected-artifact", _ERROR, "The document resembles no artifact of the dialect."),
    "PAR602": Entry("unexpected-artifact", _ERROR, "A document is not what was named, or not what its file holds."),
    "PAR705": Entry("unfinished-event", _ERROR, "A stream breaks off in an event that no blank line ends."),
    "PAR706": Entry("oversized-event", _ERROR, "An event of a stream is larger than is accepted."),
    "PAR707": Entry("not-an-event-stream", _ERROR, "The text is JSON, HTML or anything else, and no event stream."),
    "PAR708": Entry("stray-line", _ERROR, "A line of a stream is no field of an event, and is lost."),
    "PAR709": Entry("empty-stream", _ERROR, "A stream has no event that carries data."),
    "PAR750": Entry("not-an-exchange", _ERROR, "A document holds no request with what answers it."),
    "PAR751": Entry("unreadable-body", _ERROR, "A recorded body is not in the encoding that it should be in."),
    "PAR752": Entry("unusable-schema", _WARNING, "A schema of a request cannot be compiled."),
    "PAR753": Entry("nested-containers", _WARNING, "Payloads may lie deeper in containers than they are looked for."),
    "PAR901": Entry("unreadable-spec", _ERROR, "A file of the spec is missing or is not YAML."),
    "PAR902": Entry("unknown-keyword", _ERROR, "A keyword is not in the grammar of the spec."),
    "PAR903": Entry("grammar-violation", _ERROR, "A file of the spec breaks its grammar."),
    "PAR904": Entry("dangling-reference", _ERROR, "A reference leads nowhere."),
    "PAR905": Entry("circular-reference", _ERROR, "A reference leads back to itself with no object or array between."),
    "PAR906": Entry("unmatched-target", _ERROR, "The target of an overlay's action matches nothing."),
    "PAR907": Entry("idle-action", _ERROR, "An overlay's action changes nothing."),
    "PAR908": Entry("conflicting-definition", _ERROR, "Two definitions, fields or members cannot both stand."),
    "PAR909": Entry("impossible-constraint", _ERROR, "No value can satisfy a schema, or its default does not."),
    "PAR910": Entry("unportable-pattern", _ERROR, "A pattern means different things to different engines."),
    "PAR911": Entry("invalid-expression", _ERROR, "An expression of a rule is none, or uses a name that is not bound."),
    "PAR912": Entry("unknown-rule-field", _ERROR, "A rule speaks of a field or an artifact that does not exist."),
    "PAR913": Entry("incomplete-rule", _ERROR, "A rule lacks a part: one of its kind, an example, a source, a date."),
    "PAR914": Entry("unknown-placeholder", _ERROR, "A message of a rule has a placeholder that is never filled in."),
    "PAR915": Entry("unknown-rule-code", _ERROR, "A code is named that no rule has."),
    "PAR916": Entry("slow-pattern", _ERROR, "A pattern may take more than linear time, so that a long text hangs it."),
    "PAR917": Entry("broken-example", _ERROR, "An example of a rule is not found where it says, or breaks another."),
    "PAR918": Entry("refused-bundle", _ERROR, "A JSON Schema that was made of the spec is refused by jsonschema."),
    "PAR919": Entry("disputed-example", _ERROR, "A JSON Schema and the checks of one spec differ on an example."),
    "PAR920": Entry("idle-rule", _ERROR, "A dialect speaks of a rule that cannot fire there, or changes nothing."),
    "PAR921": Entry("unsourced-claim", _WARNING, "A dialect says what a server does, and not who says so, or when."),
    "PAR922": Entry("undecided-field", _WARNING, "A dialect says nothing of fields of another provider."),
    "PAR923": Entry("untested-claim", _WARNING, "No case shows what a claim of a dialect refuses or takes."),
    "PAR924": Entry("ineffective-action", _WARNING, "An overlay's action changes no artifact, or is undone."),
    "PAR925": Entry("misfit-example", _WARNING, "A schema of a dialect refuses its own example."),
}
