"""Keeps of rendered text only what a note may hold: no scripts, no styles, no forms, no strange addresses."""

from __future__ import annotations

import re

import nh3

TAGS = set(
    """
    a abbr article aside b blockquote br caption center cite code col colgroup dd del details dfn div dl dt em
    figcaption figure footer h1 h2 h3 h4 h5 h6 header hr i img input ins kbd li main mark nav ol p pre q rp rt ruby
    s samp section small span strike strong sub summary sup table tbody td tfoot th thead time tr tt u ul var wbr
    """.split()  # noqa: SIM905 - a table of words is read more easily than 65 literals
)
_ALIGNED = {"align"}
ATTRIBUTES: dict[str, set[str]] = {
    "*": {"id", "lang", "dir", "title"},
    "a": {"href", "name"},
    "img": {"src", "alt", "width", "height", "align"},
    "input": {"type", "disabled", "checked", "data-line"},
    "ol": {"start", "type"},
    "table": _ALIGNED,
    "td": {"align", "colspan", "rowspan"},
    "th": {"align", "colspan", "rowspan"},
    "p": _ALIGNED,
    "div": _ALIGNED,
    **{f"h{level}": _ALIGNED for level in range(1, 7)},
}
CLASSES: dict[str, set[str]] = {
    "a": {"wiki", "embed", "backref"},
    "li": {"task"},
    "section": {"footnotes"},
    "sup": {"footnote-ref"},
}
SCHEMES = {"http", "https", "mailto", "tel", "ftp", "note"}
_LANGUAGE = re.compile(r"language-[\w+#.-]{1,40}")


def clean(html: str) -> str:
    """Return `html` with everything dropped that is not allowed; text stays, scripts go with their text."""
    return nh3.clean(
        html,
        tags=TAGS,
        attributes=_WITH_CODE,
        attribute_filter=_keep,
        clean_content_tags={"script", "style", "noscript", "template"},
        url_schemes=SCHEMES,
        link_rel=None,
        strip_comments=True,
    )


_WITH_CODE = {
    **ATTRIBUTES,
    "code": {"class"},
    **{tag: {"class"} | ATTRIBUTES.get(tag, set()) for tag in CLASSES},
}


def _keep(tag: str, attribute: str, value: str) -> str | None:
    if attribute == "class":
        if tag == "code":
            return value if _LANGUAGE.fullmatch(value) else None
        return value if value in CLASSES.get(tag, ()) else None
    if tag == "input" and attribute == "type":
        return value if value == "checkbox" else None
    return value
