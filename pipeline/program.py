"""What this program is: one digest of its files, of Python and of the libraries around it.

What one night remembers for the next was worked out by a program. Another program, or an upgraded
library, may work out something else: then nothing that was remembered is believed.
"""

import hashlib
import sys
from collections.abc import Iterator
from functools import cache
from importlib import metadata, resources
from importlib.resources.abc import Traversable

_OURS = "pipeline"


@cache
def program_digest() -> str:
    """Return the SHA-256 of every file of this program and of the versions it runs with."""
    total = hashlib.sha256(sys.version.encode())
    for version in sorted({f"{each.name} {each.version}" for each in metadata.distributions()}):
        total.update(f"{version}\n".encode())
    for name, content in _files(resources.files(_OURS), ""):
        total.update(f"{name}:{len(content)}:".encode())
        total.update(content)
    return total.hexdigest()


def _files(folder: Traversable, prefix: str) -> Iterator[tuple[str, bytes]]:
    for entry in sorted(folder.iterdir(), key=lambda each: each.name):
        if entry.is_file():
            yield prefix + entry.name, entry.read_bytes()
        elif entry.name != "__pycache__":
            yield from _files(entry, f"{prefix}{entry.name}/")
