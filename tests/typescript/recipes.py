"""The recipes of docs/typescript.md, compiled in a project that has the package installed."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

from .tools import MODULES, PACKAGE, ROOT, run

__all__ = ["PAGE", "consumer", "installed", "recipes"]

PAGE = (ROOT / "docs" / "typescript.md").read_text("utf-8")
_RECIPE = re.compile(r"`([a-z-]+\.ts)`[^`]*:\n\n```typescript\n(.*?)```", re.DOTALL)
_CONSUMER = {
    "target": "ES2022", "lib": ["ES2022", "DOM", "DOM.Iterable"], "types": [], "module": "nodenext", "rootDir": ".",
    "outDir": "js", "strict": True, "noUncheckedIndexedAccess": True, "exactOptionalPropertyTypes": True,
}  # fmt: skip


def recipes() -> dict[str, str]:
    """Each by the name of its file."""
    return dict(_RECIPE.findall(PAGE))


def installed(folder: Path, package: Path) -> None:
    """Let a project have what *package* holds installed, as JavaScript with types."""
    target = folder / "node_modules" / "parlance-dialects"
    target.mkdir(parents=True)
    shutil.copy(PACKAGE / "package.json", target)
    (target / "dist").symlink_to(package, target_is_directory=True)
    (folder / "package.json").write_text('{"type": "module"}', "utf-8")


def consumer(folder: Path, sources: dict[str, str]) -> Path:
    """A project that has the package installed, with these modules, compiled; the folder of its JavaScript."""
    (folder / "tsconfig.json").write_text(json.dumps({"compilerOptions": _CONSUMER, "include": ["*.ts"]}), "utf-8")
    for name, source in sources.items():
        (folder / name).write_text(source, "utf-8")
    run(MODULES / "typescript" / "lib" / "tsc.js", "--project", str(folder))
    return folder / "js"
