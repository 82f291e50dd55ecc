"""Writing a file that only the account that runs the program may read."""

import os
from pathlib import Path
from tempfile import NamedTemporaryFile

from pipeline.durable import sync


def write_private(path: Path, content: str | bytes) -> None:
    """Write ``content`` to ``path`` in one step, mode 0600; folders that are missing get 0700.

    Text is written as UTF-8. What is written outlives a power cut.
    Raises ``OSError`` when the place cannot be written.
    """
    for folder in reversed([path.parent, *path.parent.parents]):
        if not folder.exists():
            folder.mkdir(mode=0o700, exist_ok=True)
    with NamedTemporaryFile("wb", dir=path.parent, prefix=".", delete=False) as draft:
        try:
            draft.write(content.encode("utf-8") if isinstance(content, str) else content)
            draft.close()
            sync(Path(draft.name))
            os.replace(draft.name, path)  # noqa: PTH105 - a file as created has mode 0600
        except BaseException:
            Path(draft.name).unlink(missing_ok=True)
            raise
    sync(path.parent)
    sync(path.parent.parent)
