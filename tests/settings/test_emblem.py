"""An emblem is a picture and nothing else: what runs, fetches or tells of its maker stays out."""

import re
from hashlib import sha256
from pathlib import Path

import pytest
from lxml import etree

from pipeline.settings.look.emblem import load_emblem
from pipeline.settings.look.refused import RefusedError
from pipeline.verification.shapes import shapes_in
from tests.settings.pictures import DRAWING, SVG, chunk, png

NOISE = b"".join(sha256(bytes([n % 256, n // 256])).digest() for n in range(640))
"""Twenty thousand bytes that cannot be packed."""


def load(root: Path, name: str, content: bytes | str) -> object:
    data = content.encode() if isinstance(content, str) else content
    (root / name).write_bytes(data)
    return load_emblem(name, root)


ACTIVE = {
    "a script": "<script>alert(1)</script>",
    "an event": '<path d="M0 0" onload="alert(1)"/>',
    "an event in capitals": '<path d="M0 0" OnClick="alert(1)"/>',
    "a page inside": "<foreignObject><p>甲</p></foreignObject>",
    "a link": '<a href="https://example.com/"><path d="M0 0"/></a>',
    "a picture from elsewhere": '<image href="https://example.com/a.png"/>',
    "a picture inside": '<image href="data:image/png;base64,AAAA"/>',
    "a part of another file": '<use href="other.svg#a"/>',
    "the same, the old way": '<use xlink:href="https://example.com/a.svg#a"/>',
    "a moving link": '<set attributeName="href" to="javascript:alert(1)"/>',
    "a style from elsewhere": "<style>@import 'https://example.com/a.css';</style>",
    "a font from elsewhere": "<style>path { fill: url(https://example.com/a) }</style>",
    "a fill from elsewhere": '<path d="M0 0" fill="url( //example.com/a )"/>',
    "a hidden name": r'<path d="M0 0" style="fill:\75rl(//example.com/a)"/>',
}


@pytest.mark.parametrize("what", ACTIVE)
def test_an_svg_with_more_than_a_drawing_is_refused(tmp_path: Path, what: str) -> None:
    with pytest.raises(RefusedError, match="不只是图形") as caught:
        load(tmp_path, "a.svg", SVG.format(DRAWING + ACTIVE[what]))
    assert "PNG" in caught.value.remedy


def test_what_a_drawing_program_tells_of_its_user_is_left_out(tmp_path: Path) -> None:
    told = (
        '<?xml version="1.0"?><?xml-stylesheet href="https://example.com/a.css"?>'
        '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "https://www.w3.org/svg11.dtd">'
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:inkscape="http://inkscape.example/ns"'
        ' inkscape:export-filename="C:/柳青禾/标志.png" width="40px" height="20">'
        "<!-- 柳青禾画 --><metadata>柳青禾</metadata><title>柳青禾</title><desc>柳青禾</desc>"
        '<inkscape:page inkscape:label="柳青禾"/><g inkscape:label="柳青禾">'
        '<path d="M0 0h40v20z" fill="url(#f)"/><use href="#f"/></g></svg>'
    )
    emblem = load(tmp_path, "a.svg", told)
    kept = etree.fromstring(emblem.content)  # type: ignore[attr-defined]
    text = emblem.content.decode()  # type: ignore[attr-defined]
    assert "柳青禾" not in text
    assert not any(word in text for word in ("inkscape", "example", "DOCTYPE", "<?"))
    assert [etree.QName(each).localname for each in kept.iter()] == ["svg", "g", "path", "use"]
    assert kept.get("viewBox") == "0 0 40 20"
    assert emblem.ratio == 2  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "path",
    [
        "M139 1234 5678z",
        "M1390,1234,567z",
        "M139.1234.5678z",
        "M0.12345678 139.12345678e0 1.5.5a5 5 0 0110 10",
    ],
)
def test_coordinates_are_not_taken_for_the_number_of_somebody(tmp_path: Path, path: str) -> None:
    emblem = load(tmp_path, "a.svg", SVG.format(f'<path d="{path}"/><polygon points="{path}"/>'))
    assert list(shapes_in(path, frozenset())) != [] or "e0" in path
    assert list(shapes_in(emblem.content.decode(), frozenset())) == []  # type: ignore[attr-defined]
    kept = etree.fromstring(emblem.content)[0].get("d")  # type: ignore[attr-defined]
    assert _numbers(kept) == pytest.approx(_numbers(path), abs=0.001)


def _numbers(path: str) -> list[float]:
    return [float(each) for each in re.findall(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:e\d+)?", path)]


def test_entities_are_neither_read_nor_resolved(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("机密")
    bomb = (
        f'<!DOCTYPE svg [<!ENTITY a SYSTEM "file://{tmp_path}/secret"><!ENTITY b "&a;&a;">]>'
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><text>&b;</text></svg>'
    )
    with pytest.raises(RefusedError):
        load(tmp_path, "a.svg", bomb)


def test_only_the_picture_of_a_png_is_kept(tmp_path: Path) -> None:
    told = (
        chunk(b"tEXt", b"Author\0Liu Qinghe"),
        chunk(b"eXIf", b"where it was taken"),
        chunk(b"tIME", bytes(7)),
        chunk(b"acTL", bytes(8)),
    )
    emblem = load(tmp_path, "a.PNG", png(*told) + b"hidden behind the end")
    assert emblem.content == png()  # type: ignore[attr-defined]
    assert (emblem.suffix, emblem.ratio) == (".png", 2)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.jpg", b"\xff\xd8\xff", "不是 SVG 或者 PNG"),
        ("a.png", SVG.format(DRAWING), "内容不是 PNG"),
        ("a.svg", png(), "内容不是 SVG"),
        ("a.svg", "<html xmlns='http://www.w3.org/1999/xhtml'/>", "内容不是 SVG"),
        ("a.png", png()[:-20], "不完整"),
        ("a.png", png().replace(b"\x08\x02\x00", b"\x08\x06\x00"), "损坏"),
        ("a.png", png(width=90, height=2), "90×2 放不进页首"),
        ("a.png", png(width=0), "放不进页首"),
        ("a.svg", SVG.replace(' viewBox="0 0 40 20"', "").format(""), "没有写明尺寸"),
        ("a.svg", SVG.replace("0 0 40 20", "0 0 40 0").format(""), "没有写明尺寸"),
        ("a.svg", SVG.replace("0 0 40 20", "0 0 100% 1").format(""), "没有写明尺寸"),
    ],
)
def test_what_is_no_small_whole_picture_is_refused(
    tmp_path: Path, name: str, content: bytes | str, said: str
) -> None:
    with pytest.raises(RefusedError, match=said):
        load(tmp_path, name, content)


def test_what_would_make_the_first_page_slow_is_refused(tmp_path: Path) -> None:
    scrawl = " ".join(map(str, NOISE))
    for name, content in {
        "a.png": png(padding=NOISE),
        "a.svg": SVG.format(f'<path d="M{scrawl}"/>'),
        "b.svg": " " * 5_000_001,
    }.items():
        with pytest.raises(RefusedError, match="KB，太大"):
            load(tmp_path, name, content)


def test_a_file_outside_the_folder_of_the_bureau_is_refused(tmp_path: Path) -> None:
    root = tmp_path / "agency"
    root.mkdir()
    (tmp_path / "a.png").write_bytes(png())
    (root / "linked.png").symlink_to(tmp_path / "a.png")
    for name in ("../a.png", str(tmp_path / "a.png"), "linked.png"):
        with pytest.raises(RefusedError, match="不在单位文件夹里"):
            load_emblem(name, root)
    with pytest.raises(RefusedError, match="不存在"):
        load_emblem("none.png", root)
    (root / "folder.png").mkdir()
    with pytest.raises(RefusedError, match="读不了"):
        load_emblem("folder.png", root)
