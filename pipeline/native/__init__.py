"""Machine code for the modules in which redaction spends its time, where this machine made it.

``python -m pipeline.native`` has mypyc make it. It does what the sources do, in less time. It is
kept by the digest of the sources it was made from, so a source that has changed since, or a machine
that never made it, runs what is written.
"""

import os
import sys
from functools import cache
from hashlib import sha256
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from sysconfig import get_config_var

LIBRARY = "gongshi_redaction"
"""What holds the code of all modules; each has a small file of its own that points into it."""
BUILT = Path(__file__).parent / "built"
PIPELINE = Path(__file__).parents[1]
_MADE_FROM = ("domain", "redaction")
"""The rooms from which a compiled module imports: mypyc writes their constants into the code."""


def folders(package: str) -> list[str]:
    """Return the folder to look into before the sources of ``package``: at most one.

    ``GONGSHI_INTERPRETED`` in the environment has everything run as written, to measure or to seek
    a fault.
    """
    built = _loaded()
    return [str(built.joinpath(*package.split(".")))] if built else []


def library(folder: Path) -> Path:
    """Return where in ``folder`` the library for this Python is, whether it is there or not."""
    return folder / f"{LIBRARY}__mypyc{get_config_var('EXT_SUFFIX')}"


def digest(pipeline: Path) -> str:
    """Return the SHA-256 of every source the code is made from, as 64 hexadecimal digits."""
    total = sha256()
    for room in _MADE_FROM:
        for path in sorted((pipeline / room).rglob("*.py")):
            content = path.read_bytes()
            total.update(f"{path.relative_to(pipeline).as_posix()}:{len(content)}:".encode())
            total.update(content)
    return total.hexdigest()


@cache
def _loaded() -> Path | None:
    """Load the library made from the sources as they are, and return the folder it is in."""
    if "GONGSHI_INTERPRETED" in os.environ or not BUILT.is_dir():
        return None
    folder = BUILT / digest(PIPELINE)
    name = f"{LIBRARY}__mypyc"
    file = library(folder)
    spec = spec_from_file_location(name, file) if file.is_file() else None
    if spec is None or spec.loader is None:
        return None
    sys.modules[name] = module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return folder
