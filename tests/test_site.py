"""The pages of the site, before Zensical makes HTML of them: each is found, and each link leads somewhere."""

from __future__ import annotations

import posixpath
import re
import tomllib
from pathlib import PurePosixPath

import pytest

from website.markdown_lists import indented_by_four
from website.navigation import Entry, navigation, toml
from website.pages import ROOT, Pages

FENCE = re.compile(r"(?ms)^ *(```+).*?^ *\1$")
LINK = re.compile(r"\]\(([^()\s#]*)(?:#([^()\s]*))?\)")
HEADING = re.compile(r"(?m)^#+ (.*)$")


@pytest.fixture(scope="module")
def pages() -> Pages:
    return Pages()


@pytest.fixture(scope="module")
def texts(pages: Pages) -> dict[str, str]:
    return dict(pages.texts())


def listed(entries: list[Entry]) -> list[str]:
    """The pages of a navigation."""
    found: list[str] = []
    for entry in entries:
        for content in entry.values():
            found += listed(content) if isinstance(content, list) else [content]
    return found


def anchors(text: str) -> set[str]:
    """What a link can lead to in a page."""
    titles = (re.sub(r"<[^>]*>", "", title) for title in HEADING.findall(FENCE.sub("", text)))
    slugs = {re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", title).strip().lower()) for title in titles}
    return slugs | set(re.findall(r'<a id="([^"]*)"', text))


def test_every_page_of_docs_is_in_the_navigation(pages: Pages) -> None:
    found = listed(navigation(pages.places.values()))
    assert len(found) == len({*found})
    assert {path.name for path in (ROOT / "docs").glob("*.md")} <= {*found}
    assert {*found} <= {*pages.places.values()}
    assert tomllib.loads(f"nav = {toml(navigation(pages.places.values()))}")["nav"][0] == {"Parlance": "index.md"}


def test_no_two_pages_have_one_address(pages: Pages) -> None:
    addresses = [place.removesuffix(".md").removesuffix("/index") for place in pages.places.values()]
    assert sorted({*addresses}) == sorted(addresses)


def test_every_link_leads_to_a_page_and_a_place_in_it(pages: Pages, texts: dict[str, str]) -> None:
    assert not pages.faults
    known = {place: anchors(text) for place, text in texts.items()}
    files = {*pages.files.values()}
    for place, text in texts.items():
        for target, anchor in LINK.findall(re.sub(r"`[^`\n]*`", "", FENCE.sub("", text))):
            if "://" in target:
                continue
            path = posixpath.normpath(str(PurePosixPath(place).parent / target)) if target else place
            assert path in files or path in known, f"{place}: {target}"
            assert not anchor or anchor in known[path], f"{place}: {target}#{anchor}"


def test_what_is_in_a_list_is_indented_by_four() -> None:
    text = "A:\n* one\n  more\n  * two\n\n1. b\n\n   ```yaml\n   a:\n     b: 1\n   ```\n\nText\n\n```json\n  {}\n```\n"
    assert indented_by_four(text) == (
        "A:\n\n* one\n    more\n    * two\n\n1. b\n\n    ```yaml\n    a:\n      b: 1\n    ```\n\nText\n\n"
        "```json\n  {}\n```\n"
    )
