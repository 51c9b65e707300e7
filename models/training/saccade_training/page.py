"""Tables in pages of the guide, so that no figure is copied by hand."""

from __future__ import annotations

from pathlib import Path


def put_between(mark: str, page: Path, table: str) -> None:
    """Exchanges what stands between <!-- mark --> and <!-- /mark --> in a file."""
    page.write_text(between(mark, page.read_text(encoding="utf-8"), table, page), encoding="utf-8")


def between(mark: str, text: str, table: str, page: Path | str) -> str:
    """The text with the table between its marks; `page` is what a complaint calls it."""
    begin, end = marks(mark)
    if text.count(begin) != 1 or text.count(end) != 1 or text.index(begin) > text.index(end):
        raise ValueError(f"{page} must hold {begin} and then {end}, each once")
    return text.split(begin)[0] + f"{begin}\n\n{table}\n\n{end}" + text.split(end)[1]


def marks(mark: str) -> tuple[str, str]:
    """The comments that a page has around its table."""
    return f"<!-- {mark} -->", f"<!-- /{mark} -->"
