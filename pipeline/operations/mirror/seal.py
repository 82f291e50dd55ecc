"""A signed list of the files of a tree, so that anybody can see that a mirror shows ours.

The list is as ``sha256sum`` writes it, the signature as ``ssh-keygen -Y`` makes it: whoever checks
needs neither this program nor trust in the mirror (``deploy/verify-mirror``).
"""

import subprocess
from pathlib import Path

from pipeline.domain.faults import BadSettingsError, Fault, Place
from pipeline.durable import write_whole
from pipeline.release.manifest import Manifest
from pipeline.release.tree import Tree
from pipeline.settings import FILE_NAME

SUFFIX = (".sha256", ".sha256.sig")
NAMESPACE = "gongshi"

_SIGN = ("ssh-keygen", "-Y", "sign")


def seal(tree: Tree, key: Path, work: Path) -> tuple[Path, Path]:
    """Write below ``work`` the list of the tree's files and its signature; return both.

    Raises ``BadSettingsError`` when the key cannot sign.
    """
    work.mkdir(mode=0o700, parents=True, exist_ok=True)
    listed, signature = (work / f"{tree.folder.name}{suffix}" for suffix in SUFFIX)
    write_whole(listed, sums(tree.survey()))
    signature.unlink(missing_ok=True)
    try:
        subprocess.run(
            [*_SIGN, "-n", NAMESPACE, "-f", str(key), str(listed)],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        remedy = "核对路径和权限（600）；私钥不能有口令；用 ssh-keygen -t ed25519 -N '' 生成"
        fault = Fault(Place(FILE_NAME, "signing_key"), "不能用它签名", remedy)
        raise BadSettingsError([fault]) from None
    return listed, signature


def sums(files: Manifest) -> bytes:
    """Return the list as ``sha256sum --check`` reads it, sorted by path."""
    return "".join(f"{file.sha256}  {name}\n" for name, file in sorted(files.items())).encode()
