"""Contact sheets: many pictures on one, each with its name."""

import html
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Page

STYLE = (
    "body{margin:8px;background:#444;font:13px sans-serif;color:#fff}"
    "main{display:grid;gap:8px}figure{margin:0}img{display:block;width:100%}"
)


class Shot(NamedTuple):
    """A picture of a page.

    Attributes:
        name: What is written above it.
        path: Its file, in one folder with the others of its sheet.
    """

    name: str
    path: Path


def write_sheet(page: Page, path: Path, shots: Sequence[Shot], row: int, width: int) -> None:
    """Draw one sheet.

    Args:
        page: Is used to draw it.
        path: The PNG to write; its folder is made.
        shots: What is on the sheet. A page of HTML is left beside the first.
        row: How many stand in a row.
        width: How wide each is, in px.
    """
    pictures = "".join(
        f'<figure>{html.escape(name)}<img src="{shot.name}" alt=""></figure>'
        for name, shot in shots
    )
    columns = f"<style>main{{grid-template-columns:repeat({row},{width}px)}}</style>"
    text = f"<!doctype html><meta charset=utf-8><style>{STYLE}</style>{columns}"
    source = shots[0].path.with_name("sheet.html")
    source.write_text(f"{text}<main>{pictures}</main>", encoding="utf-8")
    page.set_viewport_size({"width": row * (width + 8) + 16, "height": 400})
    page.goto(source.as_uri())
    path.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=path, full_page=True)
