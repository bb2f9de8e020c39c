"""Dialects that are made on demand are kept: for their owner alone, whole, and never where somebody else may write."""

from __future__ import annotations

import hashlib
import json
import marshal
import os
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from parlance import on_demand
from parlance.cache_folder import CacheFolder, default_folder
from parlance.on_demand import DialectMaker
from parlance.spec_source import SpecSource

SMALL = Path(__file__).parent / "cases" / "spec" / "foreign-small"
KEY = "0" * 64


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "cache"


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The dialects that are made while a test runs; nothing is in memory before."""
    names: list[str] = []
    make = on_demand._entry  # pyright: ignore[reportPrivateUsage]

    def counted(spec: object, name: str) -> dict[str, object]:
        names.append(name)
        return make(spec, name)  # type: ignore[arg-type]

    monkeypatch.setattr(on_demand, "_entry", counted)
    return names


def dialect(folder: Path, *, is_cached: bool = True) -> str:
    """The id of the dialect that a process of its own would get."""
    on_demand._DIALECTS.clear()  # pyright: ignore[reportPrivateUsage]
    on_demand._CATALOGUES.clear()  # pyright: ignore[reportPrivateUsage]
    found = DialectMaker(SpecSource(SMALL), folder, is_cached=is_cached).dialect(None)
    assert found.artifacts
    return found.id


def entries(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.code"), key=lambda path: path.stat().st_size)


def test_a_dialect_is_made_once(folder: Path, made: list[str]) -> None:
    assert dialect(folder) == dialect(folder)
    assert len(made) == 1
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in entries(folder)} == {0o600}
    assert (folder / ".gitignore").read_text() == "*\n"
    assert [path for path in folder.iterdir() if path.name.endswith(".new")] == []


def test_no_cache_leaves_nothing_and_reads_nothing(folder: Path, made: list[str]) -> None:
    dialect(folder, is_cached=False)
    assert not folder.exists()
    dialect(folder)
    dialect(folder, is_cached=False)
    assert len(made) == 3


def _others_may_write(path: Path) -> None:
    path.chmod(0o666)


def _group_may_write(path: Path) -> None:
    path.chmod(0o620)


def _half_is_there(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-10])


def _is_empty(path: Path) -> None:
    path.write_bytes(b"")


def _a_bit_is_wrong(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def _is_of_another_form(path: Path) -> None:
    garbage = b"\xff" * 100
    path.write_bytes(hashlib.sha256(garbage).digest() + garbage)


def _is_a_link(path: Path) -> None:
    other = path.with_name("other")
    path.rename(other)
    path.symlink_to(other)


def _is_a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _is_a_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def _folder_is_open(path: Path) -> None:
    path.parent.chmod(0o777)


def _folder_is_a_link(path: Path) -> None:
    other = path.parent.with_name("elsewhere")
    path.parent.rename(other)
    path.parent.symlink_to(other)


SPOILT = [
    _others_may_write, _group_may_write, _half_is_there, _is_empty, _a_bit_is_wrong, _is_of_another_form, _is_a_link,
    _is_a_folder, _is_a_pipe, _folder_is_open, _folder_is_a_link,
]  # fmt: skip


@pytest.mark.parametrize("spoil", SPOILT)
def test_what_cannot_be_trusted_is_made_anew(folder: Path, made: list[str], spoil: Callable[[Path], None]) -> None:
    first = dialect(folder)
    spoil(entries(folder)[-1])
    assert dialect(folder) == first
    assert len(made) == 2


def test_what_belongs_to_somebody_else_is_not_read(
    folder: Path, made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    dialect(folder)
    before = {path: path.read_bytes() for path in entries(folder)}
    monkeypatch.setattr("os.geteuid", lambda: 54_321)
    dialect(folder)
    assert len(made) == 2
    assert {path: path.read_bytes() for path in entries(folder)} == before


def test_a_folder_that_cannot_be_made_is_done_without(tmp_path: Path, made: list[str]) -> None:
    (tmp_path / "file").write_text("")
    for folder in (tmp_path / "file", tmp_path / "file" / "below", Path("/proc/nowhere"), tmp_path / ("x" * 300)):
        dialect(folder)
    assert len(made) == 4


def test_the_key_is_of_all_that_decides(folder: Path, made: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    dialect(folder)
    monkeypatch.setattr(on_demand, "_tool", lambda: "another version")
    dialect(folder)
    assert len(made) == 2


def test_the_tool_is_its_code_and_its_python(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "module.py").write_text("x = 1")
    monkeypatch.setattr(on_demand, "_PACKAGE", tmp_path)
    tool: Any = on_demand._tool.__wrapped__  # pyright: ignore[reportPrivateUsage]
    before = tool()
    assert tool() == before
    monkeypatch.setattr(sys, "version", "3.99")
    assert tool() != before
    monkeypatch.undo()
    monkeypatch.setattr(on_demand, "_PACKAGE", tmp_path)
    (tmp_path / "module.py").write_text("x = 12")
    assert tool() != before


def test_entries_that_nobody_uses_go(folder: Path) -> None:
    cache = CacheFolder(folder)
    for number in range(70):
        cache.write(f"{number:064}", b"x")
        os.utime(folder / f"{number:064}.code", (number, number))
    cache.read(f"{6:064}")
    (folder / ".half.1.2.new").write_text("")
    os.utime(folder / ".half.1.2.new", (1, 1))
    (folder / ".other.1.2.new").write_text("")
    cache.write(KEY, b"last")
    assert len(entries(folder)) == 64
    assert cache.read(f"{6:064}") == b"x"
    assert cache.read(f"{7:064}") is None
    assert cache.read(KEY) == b"last"
    assert [path.name for path in folder.glob(".*.new")] == [".other.1.2.new"]


def test_the_folder_is_that_of_the_platform(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PARLANCE_CACHE_DIR")
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("HOME", "/home/mia")
    for named, folder in (("", "/home/mia/.cache"), ("relative", "/home/mia/.cache"), ("/var/mia", "/var/mia")):
        monkeypatch.setenv("XDG_CACHE_HOME", named)
        assert default_folder() == Path(folder) / "parlance"
    monkeypatch.setattr(sys, "platform", "darwin")
    assert default_folder() == Path("/home/mia/Library/Caches/parlance")
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setenv("LOCALAPPDATA", "/local")
    assert default_folder() == Path("/local/parlance/Cache")
    monkeypatch.setenv("PARLANCE_CACHE_DIR", "/mine")
    assert default_folder() == Path("/mine")
    monkeypatch.setenv("PARLANCE_NO_CACHE", "1")
    assert default_folder() is None


def test_a_run_from_the_cache_loads_neither_the_spec_nor_what_compiles(tmp_path: Path) -> None:
    document = {"model": "gpt-4.1", "messages": [{"role": "user", "content": "Hello"}]}
    (tmp_path / "request.json").write_text(json.dumps(document))
    program = (
        "import sys\nfrom parlance.cli.main import cli\n"
        "cli.main(sys.argv[1:], prog_name='parlance', standalone_mode=False)\n"
        "print(*sys.modules)"
    )
    heavy = {"yaml", "jinja2", "parlance.spec.loading", "parlance.compiled", "parlance.contract", "parlance.library"}
    loaded: list[set[str]] = []
    for _ in range(2):
        done = subprocess.run(
            [sys.executable, "-c", program, "validate", "--cache-dir", "kept", "--dialect", "openai@2025-03-01",
             "request.json"],
            cwd=tmp_path, capture_output=True, text=True, check=True,
        )  # fmt: skip
        assert done.stdout.startswith("1 file conforms to openai@2025-03-01")
        loaded.append({*done.stdout.split()})
    assert loaded[0] & heavy == heavy - {"jinja2", "parlance.library"}
    assert loaded[1] & heavy == set()


def test_a_settings_file_cannot_name_the_folder(tmp_path: Path) -> None:
    (tmp_path / "parlance.toml").write_text('cache-dir = "kept"\n')
    done = subprocess.run(
        [sys.executable, "-m", "parlance", "config"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "there is no setting 'cache-dir'" in done.stderr


def test_an_entry_is_no_pickle(folder: Path) -> None:
    dialect(folder)
    content = entries(folder)[0].read_bytes()
    assert hashlib.sha256(content[32:]).digest() == content[:32]
    assert set(marshal.loads(content[32:])) == {"names", "base", "default", "given"}  # noqa: S302 written just now
