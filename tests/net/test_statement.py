"""Signed statements: one canonical text, signatures that hold, and bounds."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studydesk.net.faults import ProtocolFault
from studydesk.net.statement import (
    MAX_DEPTH,
    JsonValue,
    Statement,
    StatementFault,
    canonical_json,
    decode_base64,
    encode_base64,
    parse_json,
    parse_token,
    token_text,
)
from tests.net.desks import Devices

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
values: st.SearchStrategy[JsonValue] = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=10,
)


@given(values)
def test_canonical_json_comes_back_and_is_the_only_text(value: JsonValue) -> None:
    text = canonical_json(value)
    assert parse_json(text) == value
    assert canonical_json(parse_json(json.dumps(value, indent=2))) == text


@given(st.binary(max_size=80))
def test_base64_comes_back(data: bytes) -> None:
    assert decode_base64(encode_base64(data)) == data


@pytest.mark.parametrize("text", ["AB==", "A", "AB", "A+B/", "é", "AA AA", "AA\n"])
def test_base64_has_one_form_only(text: str) -> None:
    with pytest.raises(StatementFault):
        decode_base64(text)


@pytest.mark.parametrize(
    "text",
    [
        '{"a":1,"a":2}',
        "1.5",
        "NaN",
        "9007199254740992",
        '"\\ud800"',
        "[" * (MAX_DEPTH + 2) + "]" * (MAX_DEPTH + 2),
        "[" * 60_000,
        '"' + "x" * 70_000 + '"',
        "{",
        "1" * 5000,
    ],
)
def test_json_with_more_than_one_reading_or_out_of_bounds_is_refused(text: str) -> None:
    with pytest.raises(ProtocolFault):
        canonical_json(parse_json(text))


def test_a_signed_statement_comes_back_and_holds(device: Devices) -> None:
    marta = device("marta")
    made = marta.sign({"kind": "message", "text": "Grüße"})
    read = Statement.parse(made.text())
    assert read == made
    assert read.verified_by(marta.device, marta.public_keys)
    assert not read.verified_by(device("ines").device, device("ines").public_keys)


@pytest.mark.parametrize("part", ["body", "key", "sig", "by"])
def test_no_part_of_a_statement_can_be_altered(device: Devices, part: str) -> None:
    marta, ines = device("marta"), device("ines")
    made, other = marta.sign({"kind": "message", "n": 1}), ines.sign({"kind": "message", "n": 2})
    forged = replace(made, **{part: getattr(other, part)})
    assert not forged.verified_by(marta.device, marta.public_keys)
    assert not forged.verified_by(ines.device, ines.public_keys)


@given(st.data())
def test_mutated_text_raises_a_protocol_fault_or_does_not_hold(device: Devices, data: st.DataObject) -> None:
    marta = device("marta")
    text = marta.sign({"kind": "message", "text": "words"}).text()
    position = data.draw(st.integers(0, len(text) - 1))
    mutated = text[:position] + data.draw(st.characters(codec="utf-8")) + text[position + 1 :]
    if mutated == text:
        return
    try:
        assert not Statement.parse(mutated).verified_by(marta.device, marta.public_keys)
    except ProtocolFault:
        return


@given(st.text(max_size=60))
def test_no_text_in_the_place_of_a_token_raises_anything_but_a_protocol_fault(text: str) -> None:
    with pytest.raises(ProtocolFault):
        parse_token(text)


def test_a_token_travels_as_text(device: Devices) -> None:
    token = device("marta").sign({"kind": "token", "room": "r"})
    assert parse_token(token_text(token)) == token
    with pytest.raises(StatementFault):
        parse_token(token_text(device("marta").sign({"kind": "message"})))
    with pytest.raises(StatementFault):
        parse_token("A" * 5000)
