"""How the library names kinds, lengths, progress and ratings."""

from __future__ import annotations

from urllib.parse import urlsplit

from PySide6.QtCore import QCoreApplication

from studydesk.services.library import ResourceKind, ResourceOrder, ResourceState, ResourceView


def tr(text: str, n: int = -1) -> str:
    """Translate a text of the library; with `n` its plural, where %n stands for the number."""
    return QCoreApplication.translate("Library", text, None, n)


KIND_ICONS = {
    ResourceKind.PODCAST: "ph.broadcast",
    ResourceKind.VIDEO: "ph.monitor-play",
    ResourceKind.PDF: "ph.file-pdf",
    ResourceKind.ARTICLE: "ph.article",
    ResourceKind.BOOKMARK: "ph.link",
    ResourceKind.BOOK: "ph.book-open",
    ResourceKind.FILE: "ph.file",
}


def kind_icon(kind: str) -> str:
    """Return the icon of a kind; kinds from a newer desk look like files."""
    return next((icon for known, icon in KIND_ICONS.items() if known == kind), "ph.file")


def kind_name(kind: str) -> str:
    return {
        "podcast": tr("Podcast"),
        "video": tr("Video"),
        "pdf": tr("PDF"),
        "article": tr("Article"),
        "bookmark": tr("Bookmark"),
        "book": tr("Book"),
    }.get(kind, tr("File"))


def kind_plural(kind: str) -> str:
    return {
        "podcast": tr("Podcasts"),
        "video": tr("Videos"),
        "pdf": tr("PDFs"),
        "article": tr("Articles"),
        "bookmark": tr("Bookmarks"),
        "book": tr("Books"),
    }.get(kind, tr("Files"))


def state_name(state: str) -> str:
    return {"doing": tr("Doing"), "done": tr("Done")}.get(state, tr("Later"))


def order_name(order: ResourceOrder) -> str:
    return {
        ResourceOrder.LAST_OPENED: tr("Last opened"),
        ResourceOrder.ADDED: tr("Last added"),
        ResourceOrder.TITLE: tr("Title"),
        ResourceOrder.RATING: tr("My rating"),
    }[order]


def length(minutes: int) -> str:
    """As in "42 min", "1 h", "1 h 30"."""
    if minutes < 60:
        return tr("{minutes} min").format(minutes=minutes)
    hours, rest = divmod(minutes, 60)
    return tr("{hours} h {minutes}").format(hours=hours, minutes=f"{rest:02d}") if rest else f"{hours} h"


def host(url: str) -> str:
    """Return the name of a web address's host without "www.", or ""."""
    try:
        name = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return name.removeprefix("www.")


def detail(resource: ResourceView) -> str:
    """The quiet line below a title: whose, from where, how long."""
    where = "" if resource.author else host(resource.url) or resource.file_name or ""
    if where == resource.title:
        where = kind_name(resource.kind)
    size = length(resource.minutes) if resource.minutes else ""
    return " · ".join(part for part in (resource.author or where, size) if part) or kind_name(resource.kind)


def percent(resource: ResourceView) -> int:
    return max(0, min(100, round(resource.progress * 100)))


def progress(resource: ResourceView) -> str:
    """As in "Later", "46 %", "Done"."""
    if resource.state == ResourceState.DONE:
        return tr("Done")
    if resource.state == ResourceState.DOING and resource.progress > 0:
        return f"{percent(resource)} %"
    return state_name(resource.state)


def rating(stars: int) -> str:
    if not stars:
        return tr("Not rated")
    return tr("1 star of 5") if stars == 1 else tr("{stars} stars of 5").format(stars=stars)


def spoken(resource: ResourceView) -> str:
    """All of a row in one sentence, for screen readers."""
    parts = (
        resource.title,
        kind_name(resource.kind),
        detail(resource),
        progress(resource),
        rating(resource.rating),
        ", ".join(resource.tags),
    )
    return ", ".join(part for part in parts if part)


def resources(count: int) -> str:
    return tr("1 resource") if count == 1 else tr("{count} resources").format(count=count)
