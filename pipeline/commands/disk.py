"""What is said when the disk refuses: in Chinese, with what to do, and without any path's text."""

import errno
import os

_WHY = {
    errno.ENOSPC: "磁盘空间或者索引节点用完",
    errno.EDQUOT: "磁盘配额用完",
    errno.EFBIG: "文件超过允许的大小",
    errno.EROFS: "磁盘只读",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EMFILE: "打开的文件过多",
    errno.ENFILE: "打开的文件过多",
    errno.EIO: "磁盘读写出错",
    errno.ENOENT: "文件夹或者文件不见了",
}


def disk_line(error: OSError, place: str) -> str:
    """Return one line on why the disk refused; ``place`` is where in the program it was."""
    why = _WHY.get(error.errno or 0) or (os.strerror(error.errno) if error.errno else "读写失败")
    return (
        f"磁盘：{why}（{place}），网站仍是完整的旧版或新版。"
        "请检查磁盘空间、读写权限后重新运行；gongshi doctor 说出是哪一处"
    )
