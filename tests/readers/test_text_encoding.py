"""Bytes to text: what is clean stays silent, what is repaired says so."""

import pytest

from grader.readers.text_encoding import decode

GERMAN = "Größe: 40 Stück. Wir wählten Prüfung B, weil sie schneller läuft und weniger Fehler übersieht.\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_marked_or_valid_unicode_is_read_without_a_word(encoding: str) -> None:
    decoded = decode(GERMAN.encode(encoding))
    assert (decoded.text, decoded.flags) == (GERMAN, ())


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1"])
def test_old_encodings_are_repaired_and_named(encoding: str) -> None:
    decoded = decode((GERMAN * 5).encode(encoding))
    assert decoded.text == GERMAN * 5
    assert [(flag.code, flag.severity) for flag in decoded.flags] == [("encoding_repaired", "info")]
    assert "Not UTF-8: read as " in decoded.flags[0].message


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_mark_is_recognised(encoding: str) -> None:
    decoded = decode("We chose option B over A.".encode(encoding))
    assert decoded.text == "We chose option B over A."
    assert decoded.flags[0].code == "encoding_repaired"


def test_few_broken_bytes_do_not_spoil_utf8() -> None:
    decoded = decode(GERMAN.encode() + b"\xff")
    assert decoded.text.startswith(GERMAN)
    assert "utf-8" in decoded.flags[0].message


def test_declared_encoding_is_believed_after_utf8() -> None:
    assert decode("Żółw".encode("iso8859-2"), "iso8859-2").text == "Żółw"
    assert decode("Żółw".encode(), "iso8859-2").text == "Żółw"
    assert decode("Größe ".encode("cp1252") * 20, "no-such-encoding").text == "Größe " * 20


def test_nul_is_left_out_and_flagged() -> None:
    decoded = decode(b"We chose\x00 B.")
    assert decoded.text == "We chose B."
    assert [flag.code for flag in decoded.flags] == ["nul_characters"]


def test_line_ends_become_line_feeds() -> None:
    assert decode(b"a\r\nb\rc\nd").text == "a\nb\nc\nd"
