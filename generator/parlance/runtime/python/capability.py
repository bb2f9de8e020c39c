"""What models do with the fields of a request, and where a request asks for something else."""

from __future__ import annotations

from .lookup import select
from .message import listed
from .operators import equal
from .pattern_search import matches

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from .rule import Rule
    from .violation import Json, Violation

__all__ = ["Model", "Models", "Policy", "check_models", "refused_by_model"]


class Policy:
    """What a model does with one field."""

    __slots__ = (
        "field",
        "maximum",
        "minimum",
        "null",
        "refused",
        "rule",
        "steps",
        "unless",
        "values",
    )

    def __init__(
        self,
        steps: tuple[str, ...],
        rule: Rule,
        *,
        refused: bool = False,
        null: bool = False,
        values: tuple[Json, ...] | None = None,
        minimum: float | None = None,
        maximum: float | None = None,
        unless: Callable[[Json, bool], bool] | None = None,
    ) -> None:
        """Keep what is given."""
        self.steps = steps
        """The steps to the field from the root, `*` for every item."""
        self.field = steps[0]
        """The field of the root that it is, or is in."""
        self.rule = rule
        """What is said of a case."""
        self.refused = refused
        """Whether any value but null is a fault."""
        self.null = null
        """Whether null is the fault, and nothing else."""
        self.values = values
        """The values that are none; None for any."""
        self.minimum = minimum
        """The least number that is none."""
        self.maximum = maximum
        """The largest number that is none."""
        self.unless = unless
        """Of the request, and of whether the model reasons: where it is true, anything goes."""


class Model:
    """What is known of the models whose names a regular expression matches."""

    __slots__ = (
        "_by_severity",
        "beginnings",
        "continues",
        "fields",
        "names",
        "policies",
        "reasoning",
        "title",
    )

    def __init__(
        self,
        names: str,
        title: str,
        policies: tuple[Policy, ...],
        reasoning: Callable[[Json], bool] | None = None,
        beginnings: tuple[str, ...] = ("",),
        *,
        continues: bool = False,
    ) -> None:
        """Keep what is given."""
        self.names = names
        """A regular expression of Python's, of the whole name."""
        self.beginnings = beginnings
        """How the names begin: to compile the expressions of all rows takes 10 ms."""
        self.title = title
        """What people call them."""
        self.policies = policies
        """What they do with fields."""
        self.fields = frozenset(policy.field for policy in policies)
        """The fields of the root that they are, or are in."""
        self.reasoning = reasoning
        """Of the request: whether such a model reasons."""
        self.continues = continues
        """Whether it adds to what the next row says that matches."""
        self._by_severity: dict[str, dict[str, list[Policy]]] = {}

    def before(self, row: Model) -> Model:
        """What this row and the next one that matches say together."""
        return Model(row.names, row.title, (*self.policies, *row.policies), row.reasoning)

    def of_severity(self, severity: str) -> dict[str, list[Policy]]:
        """The policies that are of some severity to break, by the field of the root; made once."""
        found = self._by_severity.get(severity)
        if found is None:
            found = self._by_severity[severity] = {}
            for policy in self.policies:
                if policy.rule.severity == severity:
                    found.setdefault(policy.field, []).append(policy)
        return found


class Models:
    """Rows of models: the first that matches a name counts, and those before it that continue."""

    __slots__ = ("_known", "_rows")

    def __init__(self, *rows: Model) -> None:
        """Keep what is given."""
        self._rows = rows
        self._known: dict[str, Model | None] = {}

    def row(self, name: str) -> Model | None:
        """What is known of a model; names that come often are looked up once."""
        row = self._known.get(name)
        if row is not None or name in self._known:
            return row
        for each in self._rows:
            if name.startswith(each.beginnings) and matches(each.names, name):
                row = each if row is None else row.before(each)
                if not each.continues:
                    break
        if len(name) <= 64 and len(self._known) < 1024:  # they come from documents
            self._known[name] = row
        return row


def check_models(models: Models, name: Json, root: Json, found: list[Violation]) -> None:
    """Hold a request against what is known of the model that it names."""
    if not isinstance(name, str) or not isinstance(root, dict):
        return
    model = models.row(name)
    if model is None or not (present := model.fields & root.keys()):
        return
    for policy in model.policies:
        if policy.field in present:
            _check_policy(policy, model, name, root, found)


def refused_by_model(
    models: Models, name: Json, root: dict[str, Json], severity: str = "error"
) -> bool:
    """Whether a request asks for something that is an error with the model that it names.

    Another *severity* is asked for instead of errors.
    """
    model = models.row(name) if isinstance(name, str) else None
    if model is None:
        return False
    policies = model.of_severity(severity)
    for field in root:
        for policy in policies.get(field, ()):
            if _is_broken(policy, model, root):
                return True
    return False


def _is_broken(policy: Policy, model: Model, root: dict[str, Json]) -> bool:
    values = _values(root, policy.steps) if len(policy.steps) > 1 else (root[policy.field],)
    for value in values:
        if _is_fault(policy, value):
            break
    else:
        return False
    return policy.unless is None or not policy.unless(root, _reasons(model, root))


def _reasons(model: Model, root: Json) -> bool:
    return model.reasoning is not None and model.reasoning(root)


def _check_policy(
    policy: Policy, model: Model, name: str, root: Json, found: list[Violation]
) -> None:
    if not any(_is_fault(policy, value) for value in _values(root, policy.steps)):
        return  # nearly always: pointers are made for what is to be reported only
    faults = [each for each in select(root, policy.steps) if _is_fault(policy, each[1])]
    if policy.unless is not None and policy.unless(root, _reasons(model, root)):
        return
    for pointer, value in faults:
        values: dict[str, Json] = {
            "field": policy.steps[-1],
            "value": value,
            "model": name,
            "title": model.title,
            "values": listed(policy.values or ()),
            "minimum": policy.minimum,
            "maximum": policy.maximum,
        }
        violation = policy.rule.at(pointer, values)
        violation.on_key = policy.refused or policy.null
        found.append(violation)


def _values(value: Json, steps: tuple[str, ...]) -> list[Json]:
    """What stands at the places that *steps* lead to."""
    values = [value]
    for step in steps:
        if not values:
            break
        if step != "*":
            values = [each[step] for each in values if isinstance(each, dict) and step in each]
            continue
        below: list[Json] = []
        for each in values:
            if isinstance(each, list):
                below.extend(each)
            elif isinstance(each, dict):
                below.extend(each.values())
        values = below
    return values


def _is_fault(policy: Policy, value: Json) -> bool:
    return policy.null if value is None else policy.refused or _is_beyond(policy, value)


def _is_among(value: Json, values: tuple[Json, ...]) -> bool:
    if isinstance(value, str):  # as nearly all of them are
        return value in values
    return any(equal(value, each) for each in values)


def _is_beyond(policy: Policy, value: Json) -> bool:
    if policy.values is not None and not _is_among(value, policy.values):
        return True
    if not isinstance(value, (int, float)) or isinstance(value, bool):
        return False
    minimum, maximum = policy.minimum, policy.maximum
    return (minimum is not None and value < minimum) or (maximum is not None and value > maximum)
