"""The words of the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from studydesk.commands.parser import parse, split_global
from studydesk.commands.run import COMMANDS, command_name
from studydesk.foundation.errors import UsageFault


@pytest.mark.parametrize(
    "words",
    [
        ["--json", "room", "say", "SQL", "hello"],
        ["room", "--json", "say", "SQL", "hello"],
        ["room", "say", "SQL", "hello", "--json"],
    ],
)
def test_global_options_stand_anywhere(words: list[str]) -> None:
    parsed = parse(words)
    assert (parsed.json, command_name(parsed), parsed.room, parsed.text) == (True, "room say", "SQL", "hello")


def test_a_data_directory_is_taken_with_its_value() -> None:
    assert split_global(["note", "list", "--data-dir", "x"]) == (["--data-dir", "x"], ["note", "list"])
    assert parse(["note", "list", "--data-dir=x"]).data_dir == "x"


def test_what_stands_behind_two_dashes_is_no_option() -> None:
    assert parse(["room", "say", "SQL", "--", "--json"]).text == "--json"


@pytest.mark.parametrize(
    "words",
    [
        ["dance"],
        ["room"],
        ["room", "join", "SQL"],
        ["search"],
        ["peers", "--seconds", "-1"],
        ["peers", "--seconds", "nan"],
        ["room", "host", "SQL", "--port", "99999"],
        ["search", "x", "--limit", "0"],
    ],
)
def test_wrong_words_are_a_usage_fault_with_status_2(words: list[str]) -> None:
    with pytest.raises(UsageFault) as raised:
        parse(words)
    assert raised.value.exit_status == 2


def test_every_command_of_the_table_has_words() -> None:
    for name in COMMANDS:
        with pytest.raises(SystemExit) as raised:
            parse([*name.split(), "--help"])
        assert raised.value.code == 0


def test_files_instead_of_a_command_are_for_the_window(tmp_path: Path) -> None:
    words = parse(["--data-dir", "x", str(tmp_path)])
    assert (words.command, words.files, words.data_dir) == (None, [str(tmp_path)], "x")
    assert parse([]).files == []
