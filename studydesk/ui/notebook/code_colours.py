"""Colours of code, by Pygments, as names of the look's tokens."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pygments.lexer import Lexer

LONGEST_LINE = 2000
"""Longer lines of code stay in one colour: some lexers are quadratic."""

_TOKENS = (
    ("Comment", "codeComment"),
    ("Keyword", "codeKeyword"),
    ("Operator.Word", "codeKeyword"),
    ("Name.Tag", "codeKeyword"),
    ("Literal.String", "codeString"),
    ("Literal.Number", "codeNumber"),
    ("Name.Function", "codeFunction"),
    ("Name.Class", "codeFunction"),
    ("Name.Builtin", "codeFunction"),
    ("Name.Decorator", "codeFunction"),
    ("Name.Attribute", "codeFunction"),
    ("Generic.Deleted", "danger"),
    ("Generic.Inserted", "success"),
    ("Generic.Heading", "codeKeyword"),
)


@lru_cache(maxsize=64)
def lexer_for(language: str) -> Lexer | None:
    """Return the lexer of a language as it is named after a fence, or None."""
    if not language:
        return None
    from pygments.lexers import get_lexer_by_name  # costs start-up time
    from pygments.util import ClassNotFound

    try:
        return get_lexer_by_name(language.split(",")[0].strip("{}.").lower(), stripnl=False, ensurenl=False)
    except ClassNotFound:
        return None


def coloured(code: str, language: str) -> Iterator[tuple[str, str]]:
    """Yield the parts of `code` with the token of each, "" for plain; together they are `code`."""
    lexer = lexer_for(language) if len(max(code.split("\n"), key=len)) <= LONGEST_LINE else None
    if lexer is None:
        yield code, ""
        return
    parts = [(part, _token_of(str(kind))) for kind, part in lexer.get_tokens(code)]
    if not parts or "".join(part for part, _ in parts) != code:  # some lexers drop a line without its end
        yield code, ""
        return
    for (part, token), (following, _) in zip(parts, [*parts[1:], ("", "")], strict=True):
        yield part, _refined(part, token, following)


def _refined(part: str, token: str, following: str) -> str:
    """Tell names of functions from keywords, and one-letter names, which some lexers take for keywords."""
    if token != "codeKeyword" or not part.isalpha():
        return token
    return "" if len(part) == 1 else "codeFunction" if following.startswith("(") else token


@lru_cache(maxsize=1024)
def _token_of(kind: str) -> str:
    name = kind.removeprefix("Token.")
    return next((token for prefix, token in _TOKENS if name == prefix or name.startswith(prefix + ".")), "")
