"""Why the system refused a file, in Chinese."""

from __future__ import annotations

import errno

_REASONS = {
    errno.ENOENT: "没有这个文件或文件夹",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EISDIR: "这是文件夹",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EEXIST: "已经有同名的文件",
    errno.ENOSPC: "磁盘满了",
    errno.EDQUOT: "超过了磁盘配额",
    errno.EFBIG: "超过了允许的文件大小",
    errno.EROFS: "磁盘是只读的",
    errno.ENAMETOOLONG: "文件名太长",
    errno.ELOOP: "链接绕成了圈",
    errno.EIO: "读写出错，检查磁盘或网络",
    errno.EMFILE: "打开的文件太多",
    errno.EBUSY: "文件正被占用",
}


def reason(error: OSError) -> str:
    """Return why a file or folder can't be read or written."""
    return _REASONS.get(error.errno or 0, error.strerror or str(error))
