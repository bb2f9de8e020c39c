"""The rules and rows of a spec, as YAML has them, to the rules of a contract."""

from .rule_building import Rulebook

__all__ = ["Rulebook"]
