"""Exchanges: what an answer owes to the request that it answers."""

from __future__ import annotations

from .message import filled
from .rule import Rule
from .violation import Violation

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TypeAlias

    from .checks import Findings
    from .violation import Json

    ExchangeCheck: TypeAlias = "Callable[[Json, Json, Json, Json, Findings], None]"
    ExchangeGate: TypeAlias = "Callable[[Any, Any, Any, Any], bool]"

__all__ = ["ExchangeFormat", "ExchangeRule", "FitClaim", "SchemaRule"]


class FitClaim(Violation):
    """A violation, if a value does not fit a schema that the request has."""

    __slots__ = ("rule", "schema", "value", "values")

    def __init__(self, rule: Rule, pointer: str, values: dict[str, Json]) -> None:
        """Keep what is given; *values* has what the rule calls `value` and `schema`."""
        super().__init__(rule.code, pointer, rule.message, severity=rule.severity)
        self.rule = rule
        """What is said of a case."""
        self.value = values["value"]
        """The value, or the JSON text of it."""
        self.schema = values["schema"]
        """A JSON Schema."""
        self.values = values
        """What fills the placeholders, but for what the schema says."""

    def violation(self, fault: str) -> Violation:
        """The violation of a value in which a schema finds a *fault*."""
        values = {**self.values, "fault": fault}
        advice = None if self.rule.help is None else filled(self.rule.help, values)
        message = filled(self.rule.message, values)
        return Violation(self.code, self.pointer, message, (), self.severity, advice)


class SchemaRule(Rule):
    """A rule that holds values against schemas of the request."""

    __slots__ = ()

    def at(self, pointer: str, values: dict[str, Json], known: tuple[str, ...] = ()) -> Violation:
        """The claim that the value at *pointer* does not fit; *known* is not used."""
        del known
        return FitClaim(self, pointer, values)


class ExchangeRule:
    """A rule on the answer to a request."""

    __slots__ = ("artifact", "check", "claims", "rule")

    def __init__(
        self, rule: Rule, artifact: str, check: ExchangeCheck, *, claims: bool = False
    ) -> None:
        """Keep what is given."""
        self.rule = rule
        """What is said of a case."""
        self.artifact = artifact
        """What the answer is."""
        self.check = check
        """Takes the answer, the request, the answer again and what is known of how it came, and
        adds to what was found."""
        self.claims = claims
        """Whether what it finds are claims."""


class ExchangeFormat:
    """A kind of exchange: a request, and what answers it."""

    __slots__ = (
        "errors", "may_claim", "may_refuse", "may_warn", "method", "path", "request", "response",
        "rules", "stream",
    )  # fmt: skip

    def __init__(
        self,
        request: str,
        response: str,
        stream: str | None,
        errors: str | None,
        method: str,
        path: str,
        rules: tuple[ExchangeRule, ...],
        may_refuse: ExchangeGate | None = None,
        may_warn: ExchangeGate | None = None,
        may_claim: ExchangeGate | None = None,
    ) -> None:
        """Keep what is given."""
        self.request = request
        """The artifact that is answered."""
        self.response = response
        """The artifact that answers it."""
        self.stream = stream
        """The name of the stream that may come in place of that."""
        self.errors = errors
        """The artifact that comes where the request is refused."""
        self.method = method
        """That of the operation, such as `post`."""
        self.path = path
        """How the address of the operation ends."""
        self.rules = rules
        """What holds between the two."""
        self.may_refuse = may_refuse
        """Takes what a rule takes, of which both sides are of sound structure: where it is False,
        no rule finds an error, but for those with claims."""
        self.may_warn = may_warn
        """The same of warnings and notes."""
        self.may_claim = may_claim
        """The same of the rules with claims."""
