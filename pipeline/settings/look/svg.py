"""An SVG that may be published: a drawing and nothing else.

What can run, fetch or point outside is refused. What drawing programs add about themselves and
their users (metadata, layers, titles, comments) is left out.
"""

import re

from lxml import etree

from pipeline.settings.look.refused import RefusedError

_SVG = "{http://www.w3.org/2000/svg}"
_LINK = "{http://www.w3.org/1999/xlink}href"
_ELEMENTS = (
    "svg g defs symbol use path rect circle ellipse line polyline polygon text tspan style"
    " linearGradient radialGradient stop clipPath mask pattern marker filter feGaussianBlur"
    " feOffset feBlend feColorMatrix feComposite feFlood feMerge feMergeNode feMorphology"
)
_DRAWN = frozenset(_ELEMENTS.split())
_LEFT_OUT = frozenset({"metadata", "title", "desc"})
_OUTSIDE = re.compile(r"\\|@|url\(\s*[\"']?\s*(?!#)|javascript:|expression\(", re.IGNORECASE)
"""In a value or a style: what can name another file, or hide that it does."""

_COORDINATE = re.compile(
    r"([-+]?(?:[0-9]+(?:\.[0-9]{0,3})?|\.[0-9]{1,3}))[0-9]*((?:[eE][-+]?[0-9]+)?)[ \t\n,]*"
)
"""A number of a path with three decimals, which is finer than a pixel can show."""

_NUMBER = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(?:px)?\s*", re.ASCII)


def clean_svg(content: bytes) -> tuple[bytes, float, float]:
    """Return the drawing alone, and its width and height in its own units.

    Raises ``RefusedError`` when it is no SVG, has no size, or holds more than a drawing.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        raise RefusedError("内容不是 SVG", "在制图软件里另存为 SVG，不要只改文件名") from None
    if root.tag != f"{_SVG}svg":
        raise RefusedError("内容不是 SVG", "在制图软件里另存为 SVG，不要只改文件名")
    for element in list(root.iter()):
        _check(element)
    for element in root.iter():
        for key in ("d", "points"):
            if coordinates := element.get(key):
                element.set(key, _one_by_one(coordinates))
    width, height = _size(root)
    root.set("viewBox", root.get("viewBox") or f"0 0 {width:g} {height:g}")
    etree.cleanup_namespaces(root)
    return etree.tostring(root, encoding="utf-8").replace(b"&#10;", b"\n"), width, height


def _check(element: etree._Element) -> None:
    tag = element.tag
    if not isinstance(tag, str):
        raise _more_than_a_drawing("有实体引用")
    name = tag.removeprefix(_SVG)
    parent = element.getparent()
    if parent is not None and (name in _LEFT_OUT or not tag.startswith(_SVG)):
        parent.remove(element)
        return
    if name not in _DRAWN:
        raise _more_than_a_drawing(f"有 <{name}>")
    if element.text and _OUTSIDE.search(element.text):
        raise _more_than_a_drawing(f"的 <{name}> 引用了别的文件")
    for key, value in element.attrib.items():
        _check_attribute(element, str(key), str(value))


def _check_attribute(element: etree._Element, key: str, value: str) -> None:
    if key in {"href", _LINK}:
        if not value.startswith("#"):
            raise _more_than_a_drawing("链接到了别处")
    elif key.startswith("{"):
        del element.attrib[key]
    elif key.lower().startswith("on"):
        raise _more_than_a_drawing(f"有 {key}，会运行脚本")
    elif _OUTSIDE.search(value):
        raise _more_than_a_drawing(f"的 {key} 引用了别的文件")


def _one_by_one(coordinates: str) -> str:
    r"""Return the coordinates one on each line.

    Beside each other some look like the number of a telephone or an account, and the search for
    such numbers in the finished site stops the release.

    >>> _one_by_one("M139 1234 5678-.123456.5z")
    'M139\n1234\n5678\n-.123\n.5\nz'
    """
    return _COORDINATE.sub(r"\1\2\n", coordinates)


def _size(root: etree._Element) -> tuple[float, float]:
    box = (root.get("viewBox") or "").replace(",", " ").split()
    told = box[2:] if len(box) == 4 else [root.get("width", ""), root.get("height", "")]
    sizes = [float(match[1]) for each in told if (match := _NUMBER.fullmatch(each))]
    if len(sizes) != len(told) or not all(sizes):
        raise RefusedError("没有写明尺寸", "在制图软件里设定画布大小（viewBox）再导出")
    return sizes[0], sizes[1]


def _more_than_a_drawing(what: str) -> RefusedError:
    remedy = "在制图软件里另存为“普通 SVG”，文字转成曲线，不嵌图片；或者改用 PNG"
    return RefusedError(f"不只是图形：里面{what}", remedy)
