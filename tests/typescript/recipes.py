"""The recipes of docs/typescript.md, compiled in a project that has the package installed."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

from .tools import MODULES, PACKAGE, ROOT, run

__all__ = ["CONSUMER", "PAGE", "consumer", "recipes"]

PAGE = (ROOT / "docs" / "typescript.md").read_text("utf-8")
_RECIPE = re.compile(r"`([a-z-]+\.ts)`[^`]*:\n\n```typescript\n(.*?)```", re.DOTALL)
CONSUMER = {
    "target": "ES2022", "lib": ["ES2022", "DOM", "DOM.Iterable"], "types": [], "module": "nodenext", "rootDir": ".",
    "outDir": "js", "strict": True, "noUncheckedIndexedAccess": True, "exactOptionalPropertyTypes": True,
}  # fmt: skip


def recipes() -> dict[str, str]:
    """Each by the name of its file."""
    return dict(_RECIPE.findall(PAGE))


def consumer(folder: Path, package: Path, sources: dict[str, str]) -> Path:
    """A project that has the package installed, compiled; the folder of its JavaScript."""
    installed = folder / "node_modules" / "parlance-dialects"
    installed.mkdir(parents=True)
    shutil.copy(PACKAGE / "package.json", installed)
    (installed / "dist").symlink_to(package, target_is_directory=True)
    (folder / "package.json").write_text('{"type": "module"}', "utf-8")
    (folder / "tsconfig.json").write_text(json.dumps({"compilerOptions": CONSUMER, "include": ["*.ts"]}), "utf-8")
    for name, source in sources.items():
        (folder / name).write_text(source, "utf-8")
    run(MODULES / "typescript" / "lib" / "tsc.js", "--project", str(folder))
    return folder / "js"
