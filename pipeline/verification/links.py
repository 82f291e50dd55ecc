"""Links of the built pages: every one resolves inside the site, wherever the site is mounted."""

import posixpath
import re
from collections.abc import Collection
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from pipeline.verification.texts import decode

_TAG = re.compile(r"<[A-Za-z](?:[^<>\"']++|\"[^\"]*\"|'[^']*')*+>")
"""A tag with all its attributes: what a text says of tags is no link."""
_ATTRIBUTE = re.compile(
    r"\s(?P<name>[^\s\"'<>=/]+)\s*=\s*"
    r"(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s\"'<>]+))"
)
_LEADING = {"href", "src", "poster", "action", "data", "srcset"}
_NAMES = {"id", "name"}
_ONE = re.compile(r"<[A-Za-z]+(?: class=\"[^\"]*\")? href=\"([^\"&\s]+)\">")
"""A tag that says nothing but how it looks and where it leads: most are."""
_PLAIN = re.compile(r"[A-Za-z0-9_./\-]*[A-Za-z0-9_.\-]")
"""A reference that is a path and nothing else."""
_BASE = re.compile(r"<base\s[^<>]*href\s*=\s*[\"']([^\"']*)[\"'][^<>]*>", re.IGNORECASE)
_ELSEWHERE = {"http", "https", "mailto", "tel"}
_LOADED = {"src", "poster", "data", "srcset"}
_AT_HAND = 50_000
"""Tags and references that are remembered: most stand on every page."""


@dataclass(frozen=True)
class Links:
    """The links of one page: ``targets`` are paths in the site, ``faults`` what is wrong."""

    targets: frozenset[str] = frozenset()
    faults: tuple[str, ...] = ()
    count: int = 0


@dataclass(frozen=True)
class LinkChecker:
    """Follows links within the files of a site. ``base_url`` is the site's own address or empty."""

    paths: Collection[str]
    base_url: str = ""
    _seen: dict[tuple[str, str, str], tuple[str, str]] = field(default_factory=dict, repr=False)

    def links_of(self, path: str, content: bytes) -> Links:
        """Return the links of the page ``path``."""
        text = decode(content)
        base = _BASE.search(text)
        folder = "" if base else posixpath.dirname(path)
        tags = [_read(tag) for tag in _TAG.findall(_BASE.sub("", text) if base else text)]
        found = [reference for tag in tags for reference in tag.references]
        targets: set[str] = set()
        faults = [] if base is None or self._is_root(base[1]) else ["base 地址不是本站的根"]
        anchors: frozenset[str] | None = None
        for name, reference in dict.fromkeys(found):
            if reference.startswith("#"):
                if anchors is None:
                    anchors = frozenset(name for tag in tags for name in tag.anchors)
                if len(reference) > 1 and unquote(reference[1:]) not in anchors:
                    faults.append("链接指向本页没有的位置")
                continue
            target, fault = self._resolve(folder, name, reference)
            if fault:
                faults.append(fault)
            elif target:
                targets.add(target)
        return Links(frozenset(targets), tuple(faults), len(found))

    def _is_root(self, base: str) -> bool:
        """Whether ``base`` is where the site is mounted: pages for wrong addresses need it."""
        mounted = urlsplit(self.base_url).path.rstrip("/") + "/" if self.base_url else "/"
        return unescape(base) in {mounted, f"{self.base_url}/"}

    def _resolve(self, folder: str, name: str, reference: str) -> tuple[str, str]:
        """Return target and fault of a reference from a page in ``folder``, either may be empty."""
        key = (folder, name, reference)
        if key not in self._seen:
            if len(self._seen) >= _AT_HAND:
                self._seen.clear()
            self._seen[key] = self._follow(*key)
        return self._seen[key]

    def _follow(self, folder: str, name: str, reference: str) -> tuple[str, str]:
        if _PLAIN.fullmatch(reference) and not reference.startswith("/"):
            return self._inside(
                posixpath.normpath(f"{folder}/{reference}" if folder else reference)
            )
        if self.base_url and reference.startswith(f"{self.base_url}/"):
            folder, reference = "", reference[len(self.base_url) + 1 :] or "."
        try:
            parts = urlsplit(reference)
        except ValueError:
            return "", "链接不成地址"
        if parts.scheme == "data" or parts.scheme in _ELSEWHERE or parts.netloc:
            foreign = name in _LOADED and parts.scheme != "data"
            return "", "页面从站外加载内容" if foreign else ""
        if parts.scheme:
            return "", "链接使用了不允许的协议"
        if parts.path.startswith("/"):
            return "", "链接不是相对地址，网站放在子目录时会失效"
        return self._inside(posixpath.normpath(posixpath.join(folder, unquote(parts.path))))

    def _inside(self, target: str) -> tuple[str, str]:
        if target == ".." or target.startswith("../"):
            return "", "链接越出网站"
        for candidate in (target, "index.html" if target == "." else f"{target}/index.html"):
            if candidate in self.paths:
                return candidate, ""
        return "", "链接指向不存在的页面"


class _Tag(NamedTuple):
    """Where a tag leads, by the names of its attributes, and the places that it names."""

    references: tuple[tuple[str, str], ...] = ()
    anchors: tuple[str, ...] = ()


@lru_cache(_AT_HAND)
def _read(tag: str) -> _Tag:
    if one := _ONE.fullmatch(tag):
        return _Tag((("href", one[1]),))
    references: list[tuple[str, str]] = []
    anchors: list[str] = []
    for match in _ATTRIBUTE.finditer(tag) if "=" in tag else ():
        name = match["name"].lower().removeprefix("xlink:")
        value = unescape(match["double"] or match["single"] or match["bare"] or "").strip()
        if name in _NAMES:
            anchors.append(value)
        elif name == "srcset":
            references += ((name, part.split()[0]) for part in value.split(",") if part.strip())
        elif name in _LEADING and value:
            references.append((name, value))
    return _Tag(tuple(references), tuple(anchors)) if references or anchors else _NOTHING


_NOTHING = _Tag()
