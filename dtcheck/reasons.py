"""Why the system refused a file, in Chinese."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

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
    errno.ENFILE: "打开的文件太多",
    errno.EBUSY: "文件正被占用",
    errno.ETXTBSY: "文件正被占用",
    errno.EAGAIN: "文件正被占用",
    errno.EINVAL: "路径或磁盘不支持这样读写",
    errno.ENXIO: "设备没有接上，或者管道的另一头没有打开",
    errno.ENODEV: "设备没有接上",
    errno.ESTALE: "网络磁盘上的文件已经失效，重新连接再试",
    errno.ETIMEDOUT: "网络磁盘没有响应",
    errno.EILSEQ: "文件名里有这个磁盘不能用的字符",
    errno.ENOMEM: "内存不够",
}


# Windows: another program has the file open, or a part of it.
_SHARING = (32, 33)
_READ, _DELETE, _SHARE_ALL, _OPEN_EXISTING = 0x8000_0000, 0x0001_0000, 7, 3
# As Windows says of paths that are longer than a setting allows.
_NOT_FOUND = (errno.ENOENT, errno.EINVAL)
_LONGEST = 259
# What Office, WPS and LibreOffice lay beside a file that they have open.
_LOCKS = ("~${}", ".~{}", ".~lock.{}#")
# 32-bit Windows and LoongArch have no wheels of it.
NO_PANDAS = "数据框要用 pandas，这台机器上没有安装；其他功能都不需要它。装得上的：python -m pip install pandas"
IN_USE = "正被 Excel/WPS 打开，关掉再试"


def is_in_use(error: OSError, path: str | None = None) -> bool:
    """Whether a file is refused since a program of Office has it open.

    Of that, open() and replace() on Windows say only that it isn't allowed: then Windows is asked
    again. Elsewhere, on a disk that several share, the lock file beside it tells.
    """
    if getattr(error, "winerror", None) in _SHARING:
        return True
    name = path or error.filename
    if not isinstance(error, PermissionError) or not isinstance(name, str):
        return False
    if sys.platform == "win32" and is_held(name):
        return True
    file = Path(os.path.abspath(name))  # noqa: PTH100 - a str
    if not file.name:
        return False
    beside = (file.with_name(lock.format(file.name)) for lock in _LOCKS)
    # Path.exists raises where the folder can't be searched.
    return any(map(os.path.exists, beside))


def _is_folder(path: object) -> bool:
    return isinstance(path, str) and os.path.isdir(path)  # noqa: PTH112 - a str


def _is_long(path: object) -> bool:
    return isinstance(path, str) and len(os.path.abspath(path)) > _LONGEST  # noqa: PTH100 - a str


def is_held(path: str) -> bool:
    """Whether, on Windows, a program has a file open that lets no other read or replace it."""
    if sys.platform != "win32":
        return False
    import ctypes
    from ctypes import wintypes

    kernel = ctypes.WinDLL("kernel32", use_last_error=True)
    kernel.CreateFileW.restype = wintypes.HANDLE
    for access in (_READ, _DELETE):
        handle = kernel.CreateFileW(path, access, _SHARE_ALL, None, _OPEN_EXISTING, 0, None)
        if handle != wintypes.HANDLE(-1).value:
            kernel.CloseHandle(wintypes.HANDLE(handle))
        elif ctypes.get_last_error() in _SHARING:
            return True
    return False


def reason(error: OSError, path: str | None = None) -> str:
    """Return why a file or folder can't be read or written; ``path``, where the error names another."""
    if is_in_use(error, path):
        return IN_USE
    if error.errno is None:
        return str(error)
    if sys.platform == "win32" and error.errno in _NOT_FOUND and _is_long(path or error.filename):
        return f"路径太长，Windows 多半只认 {_LONGEST} 个字符，移到浅一些的文件夹再试"
    number = error.errno
    if number == errno.EACCES and sys.platform == "win32" and not getattr(error, "winerror", None):
        # So open() has it of a folder; of one that may not be listed, Windows itself speaks.
        number = errno.EISDIR if _is_folder(path or error.filename) else number
    # The system's own words are English, but better than none.
    return _REASONS.get(number, f"系统错误 {error.errno}（{error.strerror}）")
