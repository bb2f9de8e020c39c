"""What a folder and a pattern stand for: the list in `docs/lint.md`, and the same in both."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from parlance.check.skipped import Skipped
from parlance.cli.file_selection import select
from parlance.cli.gitignore import GitIgnore
from parlance.cli.main import main

READ = ["a.json", "b.jsonl", "c.ndjson", "d.yaml", "e.YML", "deep/er/f.json", "link.json", "un ignored/g.json"]
SKIPPED = [
    "note.log",
    "Makefile",
    "x.json.bak",
    ".hidden.json",
    ".json",
    ".hidden/a.json",
    "deep/.venv/lib/a.json",
    "node_modules/a.json",
    "deep/node_modules/er/a.json",
    "env/pyvenv.cfg",
    "env/lib/a.json",
    "deep/env/pyvenv.cfg",
    "deep/env/a.json",
    "lib/site-packages/a.json",
    "__pycache__/a.json",
    "deep/__pycache__/a.json",
    "ignored.json",
    "deep/ignored.json",
    "ignored folder/a.json",
    "ignored folder/deep/a.json",
    "deep/local.json",
]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one file of each kind."""
    top = tmp_path / "top"
    for name in [*READ, *SKIPPED]:
        (top / name).parent.mkdir(parents=True, exist_ok=True)
        (top / name).write_text("{}")
    (top / ".gitignore").write_text("ignored.json\nignored folder/\n")
    (top / "deep" / ".gitignore").write_text("/local.json\n")
    (top / "link.json").unlink()
    (top / "link.json").symlink_to("a.json")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "a.json").write_text("{}")
    (top / "linked").symlink_to(tmp_path / "elsewhere")
    (top / "deep" / "circle").symlink_to(top)
    os.mkfifo(top / "pipe.json")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def found(*names: str, ignore: bool = True) -> set[str]:
    selection = select(names, {Skipped.GITIGNORE: GitIgnore()} if ignore else {})
    return {Path(file).as_posix().removeprefix("top/") for file in selection.files}


def test_a_folder_stands_for_its_documents() -> None:
    assert found("top") == {*READ}


@pytest.mark.parametrize("pattern", ["top/**", "top/**/*", "top/**/*.*", "t?p/**/*", "[t]op/**/**", "./top/**"])
def test_a_pattern_skips_what_a_folder_skips(pattern: str) -> None:
    assert found(pattern) == {*READ}


def test_patterns_of_one_level_skip_the_same() -> None:
    assert found("top/*") == {name for name in READ if "/" not in name}
    assert found("top/*/*") == {"un ignored/g.json"}
    assert found("top/*/*/*") == {"deep/er/f.json"}
    assert found("top/*/a.json") == found("top/*_*/*.json") == found("top/?inked/*.json") == set()
    assert found("top/**/a.json") == {"a.json"}
    assert found("top/*.js*") == {"a.json", "b.jsonl", "link.json"}


@pytest.mark.parametrize(
    ("pattern", "files"),
    [
        ("top/*.log", {"note.log"}),
        ("top/*.BAK", set[str]()),
        ("top/**/*.bak", {"x.json.bak"}),
        ("t*/Makefile", {"Makefile"}),
        ("top/.*.json", {".hidden.json"}),
        ("top/.hidden/*.json", {".hidden/a.json"}),
        ("top/.h*/*.json", {".hidden/a.json"}),
        ("top/node_modules/*.json", {"node_modules/a.json"}),
        ("top/*/node_modules/**", {"deep/node_modules/er/a.json"}),
        ("top/__pycache__/*", {"__pycache__/a.json"}),
        ("top/linked/*", {"linked/a.json"}),
    ],
)
def test_what_a_pattern_spells_out_is_read(pattern: str, files: set[str]) -> None:
    assert found(pattern) == files


def test_what_git_ignores_is_read_only_where_it_is_named() -> None:
    for pattern in ("top/ignored folder/*", "top/**/ignored.json", "top/d*/local.json"):
        assert found(pattern) == set()
        selection = select([pattern], {Skipped.GITIGNORE: GitIgnore()})
        assert selection.problems == []
        assert "--no-ignore reads ignored ones" in str(selection.warnings[0])
        assert found(pattern, ignore=False)
    assert found("top/ignored.json") == {"ignored.json"}
    assert found("top", ignore=False) == found("top/**", ignore=False) > {*READ}
    assert found("top/note.log", "top/.hidden.json", "top/pipe.json") == {"note.log", ".hidden.json", "pipe.json"}


@pytest.mark.parametrize("name", ["top", "top/**", "top/*/*.json"])
def test_settings_keep_a_folder_out_whatever_settings_are_in_it(
    name: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "top" / "fixtures").mkdir()
    (folder / "top" / "fixtures" / "bad.json").write_text("{")
    (folder / "top" / "fixtures" / "parlance.toml").write_text("")
    (folder / "parlance.toml").write_text('exclude = ["fixtures/"]\n')
    with pytest.raises(SystemExit):
        main(["validate", "--output-format", "concise", "--as", "request", name])
    assert "bad.json" not in capsys.readouterr().out
    (folder / "parlance.toml").write_text("")
    with pytest.raises(SystemExit):
        main(["validate", "--output-format", "concise", "--as", "request", name])
    assert "bad.json" in capsys.readouterr().out


def test_a_broken_link_is_an_error_in_both(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "top" / "broken.json").symlink_to("nowhere.json")
    for name in ("top", "top/**"):
        with pytest.raises(SystemExit) as ended:
            main(["validate", "--exit-zero", name])
        assert ended.value.code == 2
        assert "top/broken.json: no such file" in capsys.readouterr().err
