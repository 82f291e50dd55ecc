"""Results of an examination wait here until all are there: the register is then written at once.

So nobody waits for the register while decisions are examined. The file has no name and is gone
with the process; it holds what may be published, and of everything else only digests.
"""

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

import msgspec

from pipeline.domain.text import RawText
from pipeline.register.model import Examined, Nameless, Received, Unchanged

_LENGTH = 8
_ENCODER = msgspec.json.Encoder()
_DECODERS: dict[bytes, msgspec.json.Decoder[Received]] = {
    b"E": msgspec.json.Decoder(Examined),
    b"U": msgspec.json.Decoder(Unchanged),
    b"N": msgspec.json.Decoder(Nameless),
}


@contextmanager
def spooled(received: Iterable[Received], folder: Path) -> Iterator[Iterator[Received]]:
    """Take in everything, then yield it again in the same order; memory holds one at a time.

    ``folder`` is private and on a disk with room. Raises what ``received`` raises.
    """
    with tempfile.TemporaryFile(dir=folder) as file:
        for item in received:
            _write(file, item)
        file.seek(0)
        yield _read(file)


def _write(file: BinaryIO, item: Received) -> None:
    if isinstance(item, Examined):
        item = replace(item, events=tuple(replace(e, ground=RawText("")) for e in item.events))
    words = _ENCODER.encode(item)
    file.write(type(item).__name__[:1].encode() + len(words).to_bytes(_LENGTH) + words)


def _read(file: BinaryIO) -> Iterator[Received]:
    while head := file.read(1 + _LENGTH):
        words = file.read(int.from_bytes(head[1:]))
        yield _DECODERS[head[:1]].decode(words)
