"""Tables in pages of the guide, so that no figure is copied by hand."""

from __future__ import annotations

from pathlib import Path


def put_between(mark: str, page: Path, table: str) -> None:
    """Exchanges what stands between <!-- mark --> and <!-- /mark -->."""
    begin, end = marks(mark)
    text = page.read_text(encoding="utf-8")
    if text.count(begin) != 1 or text.count(end) != 1 or text.index(begin) > text.index(end):
        raise ValueError(f"{page} must hold {begin} and then {end}, each once")
    before, after = text.split(begin)[0], text.split(end)[1]
    page.write_text(before + f"{begin}\n\n{table}\n\n{end}" + after, encoding="utf-8")


def marks(mark: str) -> tuple[str, str]:
    """The comments that a page has around its table."""
    return f"<!-- {mark} -->", f"<!-- /{mark} -->"
