"""`make site`: writes the pages, compiles the playground, and has Zensical make HTML of them, in `site/`."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from .navigation import navigation, toml
from .pages import ROOT, Pages
from .playground_files import build_playground, dialect_options

__all__ = ["build", "write_pages"]

SOURCES = ROOT / ".venv" / "site"
SITE = ROOT / "site"
HERE = Path(__file__).parent


def write_pages(target: Path) -> Path:
    """Write all that Zensical needs into *target*, and return its configuration. Raises `ValueError` of a dead link."""
    shutil.rmtree(target / "pages", ignore_errors=True)
    pages = Pages()
    options = dialect_options()
    for place, text in pages.texts():
        path = target / "pages" / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.replace("<!-- dialects -->", options), "utf-8")
    if pages.faults:
        raise ValueError("\n".join(pages.faults))
    for source, place in pages.files.items():
        path = target / "pages" / place
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / source, path)
    shutil.copy(HERE / "site.css", target / "pages")
    config = target / "zensical.toml"
    text = (HERE / "zensical.toml").read_text("utf-8")
    config.write_text(text.replace("nav = []", f"nav = {toml(navigation(pages.places.values()))}"), "utf-8")
    return config


def build() -> Path:
    """The folder with the finished site."""
    SOURCES.mkdir(parents=True, exist_ok=True)
    config = write_pages(SOURCES)
    build_playground(SOURCES / "pages" / "playground")
    subprocess.run([sys.executable, "-m", "zensical", "build", "--config-file", str(config)], check=True)
    shutil.rmtree(SITE, ignore_errors=True)
    (SOURCES / "html").rename(SITE)
    return SITE


if __name__ == "__main__":
    print(f"site: {(build() / 'index.html').relative_to(ROOT)}")
