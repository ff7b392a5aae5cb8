"""Folders, globs, single files and standard input: what is found and what is left out."""

from __future__ import annotations

import io
import os
from pathlib import Path
from typing import Any

import pytest

from audit.model import AuditError
from audit.reading import inputs

TEXT = "The harbour board met on Monday. It voted to dredge the outer channel in spring."


def _reasons(result: Any) -> dict[str, str]:
    return {entry.input: entry.reason for entry in result.found.skipped}


def test_a_folder_is_read_with_all_below_it_in_order(read: Any, tmp_path: Path) -> None:
    for name in ("b/two.txt", "a/deep/one.md", "zero.html"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(TEXT)
    assert [file.origin for file in read().found.files] == [
        "a/deep/one.md",
        "b/two.txt",
        "zero.html",
    ]


def test_what_is_not_read_is_counted_with_its_reason(read: Any, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "b.docx").write_bytes(b"PK\x03\x04")
    (tmp_path / ".hidden.txt").write_text(TEXT)
    (tmp_path / "README.md").write_text("# About these files")
    (tmp_path / ".git").mkdir()
    (tmp_path / "noending").write_text(TEXT)
    result = read()
    assert result.ids == ["a.txt"]
    assert _reasons(result) == {
        "b.docx": "the type .docx is not read",
        ".hidden.txt": "a hidden file",
        "README.md": "a note about the files, no article",
        ".git": "a hidden folder",
        "noending": "a file without an ending is not read",
    }
    assert (result.files.found, result.files.read, result.files.skipped) == (6, 1, 5)


def test_an_empty_folder_holds_nothing(read: Any) -> None:
    result = read()
    assert result.files.found == result.documents.found == 0
    assert result.raw == []


def test_a_loop_of_links_ends(read: Any, tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "one.txt").write_text(TEXT)
    (tmp_path / "a" / "up").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "a" / "again.txt").symlink_to(tmp_path / "a" / "one.txt")
    result = read()
    assert result.documents.found == 1
    assert len(result.found.skipped) == 2


def test_a_broken_link_and_a_missing_file_are_errors(read: Any, tmp_path: Path) -> None:
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    (tmp_path / "a.txt").write_text(TEXT)
    result = read("gone.txt", "a.txt", "missing.txt", "no*.txt")
    assert result.files.failed == 3
    assert {error.input: error.reason for error in result.errors} == {
        "gone.txt": "it cannot be looked at: No such file or directory",
        "missing.txt": "no such file or folder",
        "no*.txt": "the pattern matches no file",
    }
    assert result.documents.audited == 1


def test_an_address_is_not_fetched() -> None:
    found = inputs.find(["https://harborpost.example/a"])
    assert [error.reason for error in found.errors] == [
        "addresses are not fetched: save the page and name its file"
    ]


def test_a_file_that_vanishes_or_is_refused_is_an_error(
    read: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "b.txt").write_text(TEXT)
    real = open

    def refusing(path: Any, *args: Any, **more: Any) -> Any:
        if str(path).endswith("b.txt"):
            raise PermissionError(13, "Permission denied")
        return real(path, *args, **more)

    monkeypatch.setattr("builtins.open", refusing)
    result = read()
    assert [(e.input, e.reason, e.kind) for e in result.errors] == [
        ("b.txt", "it cannot be opened: Permission denied", "file")
    ]
    assert (result.files.failed, result.documents.found) == (1, 1)


def test_one_file_named_twice_is_read_once(read: Any, tmp_path: Path) -> None:
    (tmp_path / "press").mkdir()
    (tmp_path / "press" / "a.txt").write_text(TEXT)
    for names in (("press", "press/a.txt", "."), (".", "press/a.txt", "press")):
        result = read(*names)
        assert result.ids == ["press/a.txt"]
        assert result.files.skipped == 2


def test_a_glob_keeps_the_folders_below_its_fixed_part(read: Any, tmp_path: Path) -> None:
    for name in ("press/harbor/a.txt", "press/valley/b.txt", "press/valley/c.docx"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(TEXT)
    assert read("press/*/*.txt").ids == ["harbor/a.txt", "valley/b.txt"]
    assert read("press/*").ids == ["harbor/a.txt", "valley/b.txt"]
    result = read("press/**")
    assert result.ids == ["harbor/a.txt", "valley/b.txt"]
    assert {row["source"] for row in result.docs.rows(named=True)} == {"harbor", "valley"}


def test_a_named_file_of_unknown_type_is_tried_as_text(read: Any, tmp_path: Path) -> None:
    (tmp_path / "story.asc").write_text(TEXT)
    (tmp_path / "photo.xyz").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    result = read("story.asc", "photo.xyz")
    assert result["story.asc"]["text"] == TEXT
    assert [(e.input, e.reason) for e in result.errors] == [
        ("photo.xyz", "it is an image, not text")
    ]


def test_a_name_that_is_not_unicode_is_shown(read: Any, tmp_path: Path) -> None:
    with open(os.path.join(os.fsencode(tmp_path), b"caf\xe9.txt"), "wb") as stream:
        stream.write(TEXT.encode())
    assert read().ids == ["caf\ufffd.txt"]


@pytest.mark.parametrize(
    ("content", "format", "texts"),
    [
        (b"First story.\nSecond line.", None, ["First story.\nSecond line."]),
        (b'{"text": "one"}\n{"text": "two"}\n', None, ["one", "two"]),
        (b'[{"text": "one"}, {"text": "two"}]', None, ["one", "two"]),
        (b"title,text\nT,one\n", "csv", ["one"]),
    ],
)
def test_standard_input_is_told_by_its_content(
    monkeypatch: pytest.MonkeyPatch,
    read: Any,
    tmp_path: Path,
    content: bytes,
    format: str | None,
    texts: list[str],
) -> None:
    from tests.reading.conftest import Reading

    class Stdin:
        buffer = io.BytesIO(content)

    monkeypatch.setattr("sys.stdin", Stdin())
    result = Reading("-", format=format)
    assert result.docs["text"].to_list() == texts
    assert all(name.startswith("stdin") for name in result.ids)


def test_no_input_and_an_unknown_format_are_refused() -> None:
    with pytest.raises(AuditError, match="no input"):
        inputs.find([])
    with pytest.raises(AuditError, match=r"--format docx: no such format; there are txt"):
        inputs.find(["."], format="docx")


def test_a_manifest_describes_the_files_beside_it(read: Any, tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(TEXT)
    (tmp_path / "two.txt").write_text(TEXT)
    (tmp_path / "manifest.csv").write_text(
        "path,source,url,title,published,author\n"
        "one.txt,Harbor Post,https://harbor.example/1,Dredging voted,2021-04-02,Ann Lee\n"
        "three.txt,Harbor Post,,,,\n"
        "../outside.txt,Harbor Post,,,,\n"
    )
    result = read()
    one = result["one.txt"]
    assert {k: one[k] for k in ("source", "url", "title", "published", "author")} == {
        "source": "Harbor Post",
        "url": "https://harbor.example/1",
        "title": "Dredging voted",
        "published": "2021-04-02",
        "author": "Ann Lee",
    }
    assert {o["origin"].split(":")[0] for o in one["origins"] if o["field"] != "text"} == {
        "manifest"
    }
    assert result["two.txt"]["source"] == "two"
    assert _reasons(result) == {"manifest.csv": "a manifest: it describes the files beside it"}
    assert [(e.input, e.reason) for e in result.errors] == [
        ("manifest.csv", "row 4 lists a file outside the manifest's folder"),
        ("three.txt", "manifest.csv lists it, but there is no such file"),
    ]


def test_a_manifest_that_is_given_wins_and_one_without_paths_is_refused(
    read: Any, tmp_path: Path
) -> None:
    (tmp_path / "one.txt").write_text(TEXT)
    (tmp_path / "meta.csv").write_text("path;source\none.txt;Valley Voice\n")
    (tmp_path / "bad.csv").write_text("file,source\none.txt,Valley Voice\n")
    assert read("one.txt", manifest=str(tmp_path / "meta.csv"))["one.txt"]["source"] == (
        "Valley Voice"
    )
    with pytest.raises(AuditError, match="needs a column named path; it has file, source"):
        read("one.txt", manifest=str(tmp_path / "bad.csv"))
    with pytest.raises(AuditError, match="cannot be read: No such file"):
        read("one.txt", manifest=str(tmp_path / "none.csv"))


def test_a_manifest_of_nonsense_breaks_nothing(read: Any, tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(TEXT)
    (tmp_path / "manifest.csv").write_bytes(
        b'path,source\none\x00.txt,A\n"one.txt\n\n,B\n\xff\xfe,C\n'
    )
    result = read()
    assert result.documents.audited == 1
    assert {error.input for error in result.errors} >= {"manifest.csv"}


def test_a_manifest_named_alone_brings_its_files(read: Any, tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(TEXT)
    (tmp_path / "list.csv").write_text("path,source\none.txt,Valley Voice\n")
    assert read("list.csv")["one.txt"]["source"] == "Valley Voice"
