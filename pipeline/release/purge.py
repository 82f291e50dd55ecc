"""What others still hold of what has left the site: addresses to purge, and the map for 410.

The lists name addresses and 文号 only. Caches and search engines are told by whoever runs the
site; the map is included by nginx, see its first lines.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import quote, urlsplit

import msgspec

from pipeline.durable import write_whole

_HOME = "index.html"

_MAP_HEAD = """\
# 撤下和期满的地址，由 gongshi rebuild 写成；改动后 nginx -s reload。
# http 段：  map_hash_bucket_size 256;
#            map $uri $gongshi_gone { default 0; include 本文件的路径; }
# server 段：if ($gongshi_gone) { return 410; }
#            error_page 410 @gone;
#            location @gone { root 网站文件夹/current; }
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """One decision that has left the site; ``path`` is the file of its notice."""

    case_number: str
    path: str
    state: str


def addresses(paths: Iterable[str], base: str) -> Iterator[str]:
    """Yield the address of each file below ``base`` (a URL without a closing slash, or empty).

    A folder's page has two.

    >>> list(addresses(["lists/index.html", "a.html"], "https://x.cn/gs"))
    ['https://x.cn/gs/lists/index.html', 'https://x.cn/gs/lists/', 'https://x.cn/gs/a.html']
    """
    for path in paths:
        yield f"{base}/{quote(path)}"
        if path == _HOME or path.endswith(f"/{_HOME}"):
            yield f"{base}/{quote(path.removesuffix(_HOME))}"


def write_purge(
    folder: Path, gone: Sequence[Gone], showed: Iterable[str], *, base: str, today: date
) -> Path:
    """Write the addresses that showed what is gone, as text and as JSON; return the text file.

    ``showed`` are the files that changed or went with it. Raises ``OSError``.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    taken = {path.stem for path in folder.iterdir()}
    stem = next(
        name for n in range(1, 1 << 20) if (name := f"{today.isoformat()}-{n}") not in taken
    )
    found = list(dict.fromkeys(addresses([*(each.path for each in gone), *showed], base)))
    told = {"on": today, "gone": gone, "purge": found}
    write_whole(folder / f"{stem}.json", msgspec.json.format(msgspec.json.encode(told)))
    text = folder / f"{stem}.txt"
    write_whole(text, "".join(f"{address}\n" for address in found).encode())
    for path in (text, folder / f"{stem}.json"):
        path.chmod(0o600)
    return text


def write_gone_map(path: Path, gone: Iterable[str], *, base: str) -> None:
    """Write the nginx map of the addresses (files below the site) that answer 410.

    The file is left alone when nothing changed. Raises ``OSError``.
    """
    below = urlsplit(base).path.rstrip("/")
    lines = sorted(f'"{below}/{each}" 1;\n' for each in gone)
    content = (_MAP_HEAD + "".join(lines)).encode()
    if path.exists() and path.read_bytes() == content:
        return
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_whole(path, content)
    path.chmod(0o644)
