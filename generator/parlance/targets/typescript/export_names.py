"""What is made of the artifacts, definitions and rules of a dialect is called: no two names of a module are equal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ...backends.typescript.names import DefinitionNames, FreeNames, camel_case, run_time_names
from ...contract.ir import Artifact, Contract
from ...contract.rules import Rule
from ..rules import model_constants, rule_constants

__all__ = [
    "FIXES",
    "MODELS",
    "ArtifactNames",
    "RuleNames",
    "artifact_names",
    "definition_names",
    "model_names",
    "rule_names",
    "type_names",
]

_OF_ENTRY = frozenset({"DIALECT", "FIXES", "SEVERITIES", "types"})
MODELS = "MODELS"
FIXES = "FIXES"
_EXPORTED_TYPES = frozenset({"Violation"})
"""Types of the run time that a dialect exports beside its own."""


@dataclass(frozen=True, slots=True)
class ArtifactNames:
    """What is made of one artifact."""

    constant: str
    title: str

    @property
    def kind(self) -> str:
        """The constant that has what an artifact is recognised by."""
        return f"{self.constant}_KIND"

    @property
    def collect(self) -> str:
        """The constant with the function that collects faults, their severities as the dialect assigns them."""
        return f"COLLECT_{self.constant}"

    @property
    def checks(self) -> str:
        """The constant with all checks of an artifact's rules."""
        return f"{self.constant}_CHECKS"

    @property
    def errors(self) -> str:
        """The constant with those checks that find errors."""
        return f"{self.constant}_ERRORS"

    @property
    def texts(self) -> str:
        """The constant with what an artifact's rules say."""
        return f"{self.constant}_TEXTS"

    @property
    def model_check(self) -> str:
        """The constant with what holds a document against what is known of its model."""
        return f"{self.constant}_MODEL_CHECK"

    @property
    def of_rules(self) -> tuple[str, str, str]:
        """What the entry takes from the module of rules."""
        return self.errors, self.checks, self.texts

    @property
    def is_sound(self) -> str:
        """The function that says whether the structure of a value has no error."""
        return f"isSound{self.title}"

    @property
    def check_model(self) -> str:
        """The function that holds a document against what is known of its model."""
        return f"checkModelOf{self.title}"

    @property
    def gate(self) -> str:
        """The function that shows quickly that the rules find no error."""
        return f"mayRefuse{self.title}"

    @property
    def test(self) -> str:
        """The constant with what decides whether a value is valid."""
        return f"{self.constant}_TEST"

    @property
    def exported(self) -> tuple[str, str, str]:
        """The functions that people call: the guard, the check and the lint."""
        return f"isValid{self.title}", f"check{self.title}", f"lint{self.title}"

    @property
    def constants(self) -> frozenset[str]:
        """All constants of an artifact."""
        return frozenset({self.constant, self.kind, self.collect, self.test, self.model_check, *self.of_rules})

    @property
    def functions(self) -> frozenset[str]:
        """All functions of an artifact."""
        return frozenset({self.is_sound, self.check_model, self.gate, *self.exported})


@dataclass(frozen=True, slots=True)
class RuleNames:
    """What is made of one rule."""

    constant: str

    @property
    def keywords(self) -> str:
        """The constant with a rule's table of keywords."""
        return f"{self.constant}_KEYWORDS"

    @property
    def texts(self) -> str:
        """The constant with what a rule says."""
        return f"{self.constant}_TEXTS"

    @property
    def check(self) -> str:
        """The constant with a rule, what applies it, and what it needs."""
        return f"{self.constant}_CHECK"

    @property
    def function(self) -> str:
        """The function that applies a rule."""
        return f"check{self._title}"

    @property
    def pairs(self) -> str:
        """The function that finds the pairs that a rule looks at."""
        return f"pairsOf{self._title}"

    @property
    def fix(self) -> str:
        """The function that lists the edits of a rule's fix."""
        return f"fix{self._title}"

    @property
    def every(self) -> frozenset[str]:
        """All names of a rule."""
        return frozenset({self.constant, self.texts, self.check, self.keywords, self.function, self.pairs, self.fix})

    @property
    def _title(self) -> str:
        word = camel_case(self.constant.lower())
        return word[:1].upper() + word[1:]


def artifact_names(contract: Contract) -> dict[str, ArtifactNames]:
    """The names of each artifact."""
    free = FreeNames({*run_time_names(), *_OF_ENTRY, MODELS})
    found: dict[str, ArtifactNames] = {}
    for artifact in contract.artifacts:
        constant = free.claim(
            artifact.name.upper().replace("-", "_"), lambda word: ArtifactNames(word, "").constants
        )
        title = free.claim(_title(artifact), lambda word: ArtifactNames("", word).functions)
        found[artifact.name] = ArtifactNames(constant, title)
    return found


def _title(artifact: Artifact) -> str:
    return "".join(part[:1].upper() + part[1:] for part in artifact.name.split("-"))


def _taken(contract: Contract) -> set[str]:
    return {name for names in artifact_names(contract).values() for name in names.constants | names.functions}


def definition_names(contract: Contract) -> DefinitionNames:
    """The names of what checks each definition."""
    return DefinitionNames((each.name for each in contract.definitions), {*_taken(contract), *_OF_ENTRY})


def type_names(contract: Contract) -> Mapping[str, str]:
    """The type of each definition: its name, unless the dialect exports something else under it."""
    functions = {name for names in artifact_names(contract).values() for name in names.exported}
    free = FreeNames({*_EXPORTED_TYPES, *functions})
    return {each.name: free.claim(each.name, lambda word: {word}) for each in contract.definitions}


def rule_names(contract: Contract, rules: Sequence[Rule]) -> list[RuleNames]:
    """The names of each rule."""
    free = FreeNames({*run_time_names(), *_taken(contract), MODELS})
    return [
        RuleNames(free.claim(name, lambda word: RuleNames(word).every)) for name in rule_constants(tuple(rules))
    ]


def model_names(contract: Contract, rules: Iterable[RuleNames]) -> list[str]:
    """The constant of each row of models, none of which has a name of *rules*."""
    taken = {name for each in rules for name in each.every}
    free = FreeNames({*run_time_names(), *_taken(contract), MODELS, *taken})
    return [free.claim(name, lambda word: {word}) for name in model_constants(contract.capabilities)]
