"""The parts of an official letter or form, and how they are read from an HTML fragment."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from bs4 import BeautifulSoup, Tag

_BLANKS = re.compile(r"[ \t\r\n]+")


class Role(StrEnum):
    """A paragraph's place in the form; the value is its class in the HTML fragment."""

    LETTERHEAD = "letterhead"
    NUMBER = "number"
    TITLE = "title"
    ADDRESSEE = "addressee"
    HEADING = "heading"
    BODY = "body"
    WEB = "web"
    NOTE = "note"
    SIGNER = "signer"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of plain text."""

    role: Role
    text: str


@dataclass(frozen=True, slots=True)
class Field:
    """One row of a form: its label, what stands in it, and the lines left to write on."""

    label: str
    text: str
    lines: int = 1


@dataclass(frozen=True, slots=True)
class Form:
    """A table of labels and spaces to fill in."""

    fields: tuple[Field, ...]


Part = Paragraph | Form


def parts_of(fragment: str) -> tuple[Part, ...]:
    """Return the parts of an HTML fragment.

    A paragraph is any ``p``, ``h1`` or ``h2`` whose class is a role; without one ``h1`` is the
    title, ``h2`` a heading and ``p`` body text. A ``table`` with a ``th`` and a ``td`` in each row
    is a form; ``data-lines`` of the row says how many lines it leaves.
    """
    soup = BeautifulSoup(fragment, "html.parser")
    return tuple(_parts(soup))


_PLAIN = {"h1": Role.TITLE, "h2": Role.HEADING, "p": Role.BODY}


def _parts(soup: BeautifulSoup) -> Iterator[Part]:
    for tag in soup.find_all([*_PLAIN, "table"]):
        if tag.name == "table":
            yield Form(tuple(_fields(tag)))
        elif tag.find_parent("table") is None and (text := _text(tag)).strip():
            classes = set(tag.get_attribute_list("class"))
            role = next((role for role in Role if role.value in classes), _PLAIN[tag.name])
            yield Paragraph(role, text)


def _fields(table: Tag) -> Iterator[Field]:
    for row in table.find_all("tr"):
        if row.th and row.td:
            lines = str(row.get("data-lines", "1"))
            yield Field(_text(row.th), _text(row.td), int(lines) if lines.isdecimal() else 1)


def _text(tag: Tag) -> str:
    """Return the text of a tag on one line; a ``br`` begins another. Wide blanks stay."""
    for end in tag.find_all("br"):
        end.replace_with("\x00")
    lines = (_BLANKS.sub(" ", line).strip(" ") for line in tag.get_text().split("\x00"))
    return "\n".join(lines)
