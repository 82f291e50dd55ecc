"""A thousand leaks: every disguise in every place of a built site, values taken in turn.

A disguise is how a value is written; a place is where in which file it stands. Each place takes
the page as it was built and the written value, and returns the file as it would be spoilt.
"""

import gzip
import io
import json
import random
import struct
import zipfile
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from html import escape
from itertools import pairwise
from urllib.parse import quote

import docx
import xlsxwriter
from PIL.PngImagePlugin import PngInfo
from reportlab.pdfgen.canvas import Canvas

Site = Mapping[str, bytes]
SHAPES = {
    "身份证件号码": ("330822199003070011", "33082219881112041X", "330822197602290037"),
    "手机号码": ("13805700001", "19957030812", "15157011223"),
    "银行卡号": ("6222020200000000006",),
}
"""Found by what they look like; all invented."""


@dataclass(frozen=True)
class Plant:
    """One leak: the file that holds it, and how it got there; ``value`` is what was hidden."""

    path: str
    content: bytes = field(repr=False)
    value: str = field(repr=False)
    kind: str
    disguise: str
    place: str


def _between(mark: str) -> Callable[[str], str]:
    return mark.join


def _shift(start: int) -> Callable[[str], str]:
    return lambda value: "".join(chr(start + int(c)) if c.isdigit() else c for c in value)


def _grouped(mark: str) -> Callable[[str], str]:
    def written(value: str) -> str:
        cuts = {11: (3, 7), 18: (6, 14), 19: (4, 8, 12, 16)}.get(len(value), (1,))
        edges = (0, *cuts, len(value))
        return mark.join(value[a:b] for a, b in pairwise(edges))

    return written


def _numerals(alphabet: str) -> Callable[[str], str]:
    return lambda value: "".join(alphabet[int(c)] if c.isdigit() else c for c in value)


WRITTEN: Mapping[str, Callable[[str], str]] = {
    "as it is": str,
    "full width": lambda v: "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in v),
    "spaces between": _between(" "),
    "thin spaces between": _between("\u2009"),
    "ideographic spaces between": _between("\u3000"),
    "groups with spaces": _grouped(" "),
    "groups with hyphens": _grouped("-"),
    "groups with non-breaking hyphens": _grouped("\u2011"),
    "groups with middle dots": _grouped("·"),
    "zero-width spaces": _between("\u200b"),
    "word joiners": _between("\u2060"),
    "soft hyphens": _between("\u00ad"),
    "byte order marks": _between("\ufeff"),
    "grapheme joiners": _between("\u034f"),
    "variation selectors": _between("\ufe0f"),
    "far variation selectors": _between("\U000e0101"),
    "isolates": _between("\u2068"),
    "an override to the left": lambda v: f"\u202e{v[::-1]}\u202c",
    "Hangul fillers": _between("\u3164"),
}
"""For every value."""

DIGITS: Mapping[str, Callable[[str], str]] = {
    "mathematical digits": _shift(0x1D7CE),
    "monospaced digits": _shift(0x1D7F6),
    "Arabic-Indic digits": _shift(0x0660),
    "Devanagari digits": _shift(0x0966),
    "circled digits": _numerals("⓪①②③④⑤⑥⑦⑧⑨"),
    "raised digits": _numerals("⁰¹²³⁴⁵⁶⁷⁸⁹"),
    "lowered digits": _numerals("₀₁₂₃₄₅₆₇₈₉"),
    "keycaps": lambda v: "".join(f"{c}\ufe0f\u20e3" if c.isdigit() else c for c in v),
    "struck through": lambda v: "".join(f"{c}\u0336" for c in v),
    "Chinese numerals": _numerals("〇一二三四五六七八九"),
    "numerals of banks": _numerals("零壹贰叁肆伍陆柒捌玖"),
    "letters for digits": lambda v: v.replace("0", "O").replace("1", "l"),
    "Cyrillic letters for digits": lambda v: v.replace("0", "О").replace("1", "I"),
    "tag characters": lambda v: "".join(chr(0xE0000 + ord(c)) for c in v),
    "hyphens between": _between("-"),
}
"""For numbers alone."""

MARKED: Mapping[str, Callable[[str], str]] = {
    "decimal entities": lambda v: "".join(f"&#{ord(c)};" for c in v),
    "hexadecimal entities": lambda v: "".join(f"&#x{ord(c):x};" for c in v),
    "entities twice": lambda v: "".join(f"&amp;#{ord(c)};" for c in v),
    "invisible entities": _between("&zwnj;"),
    "wbr": _between("<wbr>"),
    "spans": lambda v: "".join(f"<span>{c}</span>" for c in v),
    "unknown elements": lambda v: "".join(f"<x-y>{c}</x-y>" for c in v),
    "empty comments": _between("<!-- -->"),
    "an image between": lambda v: f"{v[:1]}<img src='' alt=''>{v[1:]}",
}
"""For text of a page, where tags vanish."""


def _text(written: str) -> str:
    return written if any(mark in written for mark in "<&") else escape(written)


def _into(page: bytes, what: str, before: str = "</main>") -> bytes:
    text = page.decode()
    assert before in text
    return text.replace(before, f"{what}{before}", 1).encode()


def _workbook(written: str, *, kind: str) -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        if kind == "cell":
            sheet.write_string(3, 2, written)
        elif kind == "rich":
            half = max(1, len(written) // 2)
            bold = book.add_format({"bold": True})
            sheet.write_rich_string(0, 0, bold, written[:half], written[half:], " ")
        elif kind == "comment":
            sheet.write_comment("A1", written)
        else:
            book.set_properties({"title": written})
    return target.getvalue()


def _letter(written: str, *, runs: bool) -> bytes:
    target, document = io.BytesIO(), docx.Document()
    paragraph = document.add_paragraph("证人")
    for part in written if runs else [written]:
        paragraph.add_run(part).bold = runs
    document.save(target)
    return target.getvalue()


def _drawn(written: str) -> bytes:
    target = io.BytesIO()
    canvas = Canvas(target, pageCompression=1)
    canvas.setTitle(written)
    canvas.rect(10, 10, 50, 50)
    canvas.save()
    return target.getvalue()


def _picture(written: str) -> bytes:
    info = PngInfo()
    info.add_itxt("Comment", written, zip=True)
    inner = b"".join(struct.pack(">I4s", len(data), kind) + data + bytes(4)
                     for kind, data, _ in info.chunks)  # fmt: skip
    return b"\x89PNG\r\n\x1a\n" + inner


def _zipped(name: str, content: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return target.getvalue()


def _json_escaped(written: str) -> str:
    units = written.encode("utf-16-be")
    return "".join(f"\\u{units[i]:02x}{units[i + 1]:02x}" for i in range(0, len(units), 2))


Place = Callable[[Site, str, str], tuple[str, bytes]]
"""Site, address of the decision, written value → path and content of the spoilt file."""


def _on_page(wrap: Callable[[str], str]) -> Place:
    def placed(site: Site, slug: str, written: str) -> tuple[str, bytes]:
        path = f"decisions/{slug}.html"
        return path, _into(site[path], wrap(written))

    return placed


def _as_file(name: str, make: Callable[[str, str], bytes]) -> Place:
    """Return a place in a file of its own, whose entry names the decision."""
    return lambda _, slug, written: (name, make(slug, written))


def _text_file(name: str, form: str, encoding: str = "utf-8") -> Place:
    def make(slug: str, written: str) -> bytes:
        return form.replace("SLUG", slug).replace("HERE", written).encode(encoding, "replace")

    return _as_file(name, make)


IN_TEXT: Mapping[str, Place] = {
    "text of the page": _on_page(lambda w: f"<p>证人{_text(w)}。</p>"),
    "a cell of a table": _on_page(
        lambda w: f"<table><tr><td>证人</td><td>{_text(w)}</td><td>某</td></tr></table>"
    ),
    "a drawing on the page": _on_page(lambda w: f"<svg><text x='1'>{_text(w)}</text></svg>"),
    "a template": _on_page(lambda w: f"<template><p>{_text(w)}</p></template>"),
}
"""Places where tags vanish."""

IN_VALUES: Mapping[str, Place] = {
    "a title of an element": _on_page(lambda w: f"<p title='{_text(w)}'>某</p>"),
    "a label for screen readers": _on_page(lambda w: f'<p aria-label="证人 {_text(w)}">某</p>'),
    "an attribute without quotes": _on_page(lambda w: f"<p data-x={quote(w)}>某</p>"),
    "an address": _on_page(lambda w: f'<a href="https://x.example/?q={quote(w)}">某</a>'),
    "an address quoted twice": _on_page(lambda w: f'<a href="?q={quote(quote(w))}">某</a>'),
    "a comment": _on_page(lambda w: f"<!-- {w} -->"),
    "a comment never closed": _on_page(lambda w: f"<!-- {w}"),
    "data for machines": _on_page(
        lambda w: f'<script type="application/ld+json">{json.dumps({"name": w})}</script>'
    ),
    "a script": _on_page(lambda w: f"<script>let a='{_json_escaped(w)}'</script>"),
    "a script in parts": _on_page(lambda w: f"<script>let a='{w[:2]}' + '{w[2:]}'</script>"),
    "a style": _on_page(lambda w: f"<style>p::after{{content:'{w}'}}</style>"),
    "a page that an address carries": _on_page(
        lambda w: f'<a href="data:text/html;base64,{b64encode(w.encode()).decode()}">某</a>'
    ),
    "the text for search": lambda _, slug, w: (
        f"search/texts/{slug}.json",
        json.dumps({"text": f"证人{w}称"}).encode(),
    ),
    "a feed": _text_file(
        "feed.xml", "<feed><entry><id>decisions/SLUG.html</id><title>HERE</title></entry></feed>"
    ),
    "HTML in a feed": _text_file(
        "feed.xml",
        "<feed><entry><id>decisions/SLUG.html</id><summary>&lt;p&gt;HERE&lt;/p&gt;</summary>"
        "</entry></feed>",
    ),
    "CDATA in a feed": _text_file(
        "feed.xml", "<rss><link>decisions/SLUG.html</link><a><![CDATA[<b>HERE</b>]]></a></rss>"
    ),
    "a map of the site": _text_file(
        "sitemap.xml", "<urlset><loc>decisions/SLUG.html</loc><lastmod>HERE</lastmod></urlset>"
    ),
    "a value of JSON": _as_file(
        "data/a.json", lambda s, w: json.dumps([{"u": s, "b": w}]).encode()
    ),
    "a key of JSON": _as_file("data/a.json", lambda s, w: json.dumps({s: {w: 1}}).encode()),
    "JSON by lines": _as_file(
        "data/a.jsonl", lambda s, w: f"{json.dumps({'u': s, 'b': w})}\n".encode()
    ),
    "a linked record": _as_file(
        "data/a.jsonld", lambda s, w: json.dumps({"@id": s, "name": w}, ensure_ascii=False).encode()
    ),
    "a table by commas": _text_file("data/a.csv", "网址,甲\nSLUG,HERE\n", "utf-8-sig"),
    "a table of an old program": _text_file("data/a.csv", "网址,甲\nSLUG,HERE\n", "gb18030"),
    "a formula of a table": _text_file("data/a.csv", '网址,甲\nSLUG,"=""HERE"""\n'),
    "a text in UTF-16": _text_file("data/a.txt", "SLUG HERE", "utf-16"),
    "a drawing": _text_file("charts/a.svg", "<svg><desc>SLUG</desc><title>HERE</title></svg>"),
    "a style sheet": _text_file("theme/a.css", "/* SLUG HERE */"),
    "a file of no known form": _text_file("README", "SLUG HERE"),
    "a cell of a workbook": _as_file(
        "data/a.xlsx", lambda s, w: _workbook(f"{s} {w}", kind="cell")
    ),
    "two runs of a cell": _as_file("data/a.xlsx", lambda s, w: _workbook(f"{s} {w}", kind="rich")),
    "a note on a cell": _as_file("data/a.xlsx", lambda s, w: _workbook(f"{s} {w}", kind="comment")),
    "the properties of a workbook": _as_file(
        "data/a.xlsx", lambda s, w: _workbook(f"{s} {w}", kind="title")
    ),
    "a paragraph of a document": _as_file("a.docx", lambda s, w: _letter(f"{s} {w}", runs=False)),
    "runs of a document": _as_file("a.docx", lambda s, w: _letter(f"{s} {w}", runs=True)),
    "the title of a PDF": _as_file("a.pdf", lambda s, w: _drawn(f"{s} {w}")),
    "a picture": _as_file("a.png", lambda s, w: _picture(f"{s} {w}")),
    "a compressed page": _as_file(
        "a.html.gz", lambda s, w: gzip.compress(f"<p>{s}<p>{w}".encode(), mtime=0)
    ),
    "a table in an archive": _as_file(
        "data/a.zip", lambda s, w: _zipped("a.csv", f"{s},{w}\n".encode())
    ),
    "an archive in an archive": _as_file(
        "data/a.zip", lambda s, w: _zipped("b.zip", _zipped("a.txt", f"{s} {w}".encode()))
    ),
    "a list of the addresses that are gone": _text_file("gone.map", '"/SLUG.html" 1; # HERE\n'),
    "the name of a file": lambda _, slug, w: (f"decisions/{slug}.html/{w}.txt", b""),
    "the quoted name of a file": lambda _, slug, w: (f"files/{quote(w)}/a.txt", slug.encode()),
}
"""Places where a value stands as it is written."""


def plants(site: Site, hidden: Mapping[str, tuple[str, ...]], *, seed: int = 1) -> Iterator[Plant]:
    """Yield a leak for every disguise in every place.

    ``hidden`` are the names and other words, by address, that the pages of ``site`` hide.
    """
    chance = random.Random(seed)  # noqa: S311 - the same leaks again
    slugs = sorted(slug for slug in hidden if hidden[slug])
    numbers = [(kind, value) for kind, found in SHAPES.items() for value in found]
    for place, put in {**IN_TEXT, **IN_VALUES}.items():
        disguises = {**WRITTEN, **DIGITS, **(MARKED if place in IN_TEXT else {})}
        for disguise, write in disguises.items():
            slug = chance.choice(slugs)
            kind, value = chance.choice(numbers)
            words = "本应隐去的内容", chance.choice(hidden[slug])
            told = [(kind, value)] if disguise in DIGITS else [(kind, value), words]
            if "name of a file" in place:
                told = told[:1]  # a file is not named after a decision whose name it gives away
            for what, secret in told:
                path, content = put(site, slug, write(secret))
                yield Plant(path, content, secret, what, disguise, place)
