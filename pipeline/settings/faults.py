"""How a fault of ``gongshi.yaml`` is said: the key, what is wrong with it, what to do."""

from collections.abc import Collection, Iterator, Mapping
from difflib import get_close_matches

from pipeline.domain.faults import Fault, Place

FILE_NAME = "gongshi.yaml"


def fault(key: str, problem: str, remedy: str) -> Fault:
    """Return a fault of ``key``, written with dots between the sections."""
    return Fault(Place(FILE_NAME, key), problem, remedy)


def unknown_keys(
    found: Mapping[str, object], known: Collection[str], section: str = ""
) -> Iterator[Fault]:
    """Yield a fault for each key of ``found`` that is not ``known``, with the nearest that is."""
    for key in map(str, found.keys() - set(known)):
        near = get_close_matches(key, known, n=1)
        remedy = f"是不是 {near[0]}？改正或者删去" if near else "删去，或改成样本里的名称"
        yield fault(f"{section}.{key}" if section else key, "不认识的设置项", remedy)


def section_of(raw: Mapping[str, object], name: str) -> Mapping[str, object]:
    """Return the keys and values below ``name``; none when it is absent or no section."""
    found = raw.get(name)
    return found if isinstance(found, dict) else {}
