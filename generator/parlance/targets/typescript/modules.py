"""Definitions to modules of TypeScript: what each imports, what it defines, what it offers."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from ...backends.typescript.names import run_time_names, run_time_types
from ...backends.typescript.pretty_printing import Document, bracketed, names, printed
from ...backends.typescript.text import comment, header
from ...contract.ir import Contract
from ...contract.references import reached
from ..definitions import Definition, Import, Part, Reference
from ..file import File
from ..grouping import Grouping, Module, ModuleFile, ModulePath, Taken, grouped
from ..sharing import SpecLayout

__all__ = ["definition", "modules", "part"]

_FOLDER = "typescript/src"
_EXPORT = "export "


def definition(name: str, source: Document, summary: str = "", *, is_own: bool = False) -> Definition:
    """A function or a constant at the top of a module, laid out so that `export` has room before it."""
    text, uses = _printed(source)
    return Definition(name=name, text=text, comment=comment(summary) if summary else "", uses=uses, is_own=is_own)


# Three in four definitions are those of another dialect.
@cache
def _printed(source: Document) -> tuple[str, frozenset[str]]:
    """The text of a document, with room for `export`, and the names in it."""
    return printed((_EXPORT, source)).removeprefix(_EXPORT), names(source)


def part(  # noqa: PLR0913 - what a part has
    target: str,
    contract: Contract,
    docstring: str,
    definitions: Sequence[Definition],
    *,
    exports: Sequence[str],
    summary: str,
    beside: Mapping[str, Iterable[str]] | None = None,
    imports: Mapping[str, Import] | None = None,
    notes: tuple[str, ...] = (),
    offers: tuple[Import, ...] = (),
) -> Part:
    """What a dialect has of a target: those of *definitions* that *exports* lead to, in their own order.

    *beside* are the names that they may have from other targets, by target.
    """
    by_name = {each.name: each for each in definitions}
    found = reached(by_name.keys() & {*exports}, lambda name: by_name[name].uses & by_name.keys())
    targets = {name: other for other, listed in (beside or {}).items() for name in listed if name not in by_name}
    return Part(
        target=target,
        dialect=contract.dialect,
        docstring=docstring,
        definitions=tuple(_referring(each, targets) for name, each in by_name.items() if name in found),
        exports=tuple(exports),
        imports={**_run_time(), **(imports or {})},
        notes=notes,
        offers=offers,
        summary=summary,
    )


def _referring(each: Definition, targets: Mapping[str, str]) -> Definition:
    """A definition with its references to other *targets*, which are given by name."""
    references = frozenset(Reference(targets[name], name) for name in each.uses & targets.keys())
    return replace(each, references=references) if references else each


@cache
def _run_time() -> dict[str, Import]:
    types = run_time_types()
    return {
        name: Import(f"runtime/{home}", f"type {name}" if name in types else name)
        for name, home in run_time_names().items()
    }


def modules(parts: Sequence[Part], layout: SpecLayout) -> Iterator[ModuleFile]:
    """The modules of *parts*, of the oldest dialect first: what several dialects have in common stands once."""
    grouping = grouped(parts, layout, lambda name: name.replace("_", "-"))
    writer = _Writer(grouping, _taken(grouping), _types(grouping))
    for module in grouping.modules:
        yield ModuleFile(writer.file(module), "typescript", module.dialect)


def _taken(grouping: Grouping) -> frozenset[Taken]:
    """What modules have from others, or offer to users."""
    found: set[Taken] = set()
    for module in grouping.modules:
        found.update(grouping.uses(module, lambda each: each.uses), grouping.references(module))
        found.update(() if module.is_shared else grouping.offered(module))
    return frozenset(found)


def _types(grouping: Grouping) -> frozenset[Taken]:
    """The definitions of which nothing is left in JavaScript."""
    return frozenset(
        Taken(module.path, each.name) for module in grouping.modules for each, _ in module.members if each.is_type
    )


@dataclass(frozen=True, slots=True)
class _Writer:
    grouping: Grouping
    exported: frozenset[Taken]
    types: frozenset[Taken]

    def file(self, module: Module) -> File:
        """The file of a module."""
        folder = "/".join(module.path[:-1])
        exports: Iterable[Import] = () if module.is_shared else self._exports(module)
        statements = [_lines("import", self._imports(module), folder), _lines("export", exports, folder)]
        definitions = [self._definition(each, module.path) for each, _ in module.members]
        sections = [header(), *module.part.notes, comment(module.docstring), *filter(None, statements), *definitions]
        return File(f"{_FOLDER}/{'/'.join(module.path)}.ts", "typescript/module.ts.j2", {"sections": sections})

    def _definition(self, each: Definition, home: ModulePath) -> str:
        above = f"{each.comment}\n" if each.comment else ""
        return f"{above}{_EXPORT if Taken(home, each.name) in self.exported else ''}{each.text}"

    def _imports(self, module: Module) -> Iterator[Import]:
        taken = (*self.grouping.uses(module, lambda each: each.uses), *self.grouping.references(module))
        yield from map(self._import, taken)
        known = module.part.imports
        for name in self.grouping.foreign(module, lambda each: each.uses) & known.keys():
            yield known[name]

    def _exports(self, module: Module) -> Iterator[Import]:
        """What the module of a dialect offers and does not define."""
        whole = self.grouping.offered_whole(module)
        yield from module.part.offers
        yield from (Import("/".join(path), "*") for path in whole)
        for each in self.grouping.offered(module):
            if each.home not in (module.path, *whole):
                yield self._import(each)

    def _import(self, taken: Taken) -> Import:
        return Import("/".join(taken.home), f"type {taken.name}" if taken in self.types else taken.name)


def _lines(verb: str, imports: Iterable[Import], folder: str) -> str:
    """Statements that import or export names, a statement for each module: what is farthest away comes first."""
    by_source: dict[str, set[Import]] = {}
    for each in imports:
        by_source.setdefault(_source(each.module, folder), set()).add(each)
    in_order = sorted(by_source, key=lambda source: (-source.count("../"), source))
    return "\n".join(line for source in in_order for line in _statements(verb, source, by_source[source]))


def _source(module: str, folder: str) -> str:
    path = posixpath.relpath(module, folder)
    return f"{path if path.startswith('.') else f'./{path}'}.js"


def _statements(verb: str, source: str, imports: Iterable[Import]) -> Iterator[str]:
    words: set[str] = set()
    for each in imports:
        if each.name == "*":
            yield f'{verb} {f"type * as {each.local}" if each.local else "*"} from "{source}";'
        else:
            words.add(each.name)
    if words:
        in_order = sorted(words, key=lambda word: (word.removeprefix("type ").lower(), word))
        yield printed((bracketed(f"{verb} {{", in_order, "}", " "), f' from "{source}";'))
