"""A real Chromium driven over its debugging pipe: opens a page, drops files, takes downloads."""

from __future__ import annotations

import base64
import json
import os
import selectors
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
# How long anything may take before a test gives up; nothing is measured by it.
PATIENCE = 120


class Browser:
    """One page in a browser of its own that reaches no network; ``requests`` are what it asked for."""

    def __init__(self, folder: Path, program: str = CHROMIUM or "", size: str = "1280,900"):
        self.downloads = folder / "downloads"
        self.downloads.mkdir(parents=True, exist_ok=True)
        self.requests: list[str] = []
        self.violations: list[str] = []
        self._last = 0
        self._events: list[dict[str, Any]] = []
        self._pending = b""
        self._sessions: list[str] = []
        here_read, there_write = os.pipe()
        there_read, here_write = os.pipe()
        # The pipe's ends are 3 and 4 in the browser. As root it starts without its sandbox only.
        command = [program, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run"]
        command += ["--remote-debugging-pipe", f"--user-data-dir={folder / 'profile'}"]
        command += ["--host-resolver-rules=MAP * ~NOTFOUND", f"--window-size={size}"]
        command += ["--disable-background-networking", "--hide-scrollbars", "about:blank"]
        self._process = subprocess.Popen(
            ["bash", "-c", f'exec 3<&{there_read} 4>&{there_write} "$0" "$@"', *command],
            pass_fds=(there_read, there_write),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "HOME": str(folder)},
        )
        os.close(there_read)
        os.close(there_write)
        self._out, self._in = here_write, here_read
        self._ready = selectors.DefaultSelector()
        self._ready.register(self._in, selectors.EVENT_READ)
        page = self._send("Target.createTarget", url="about:blank")
        attached = self._send("Target.attachToTarget", targetId=page["targetId"], flatten=True)
        self._page = attached["sessionId"]
        self._send(
            "Browser.setDownloadBehavior",
            behavior="allow",
            downloadPath=str(self.downloads),
            eventsEnabled=True,
        )
        for name in ("Page.enable", "DOM.enable", "Runtime.enable", "Network.enable", "Log.enable"):
            self.ask(name)
        # Workers are watched before they run.
        self.ask("Target.setAutoAttach", autoAttach=True, waitForDebuggerOnStart=True, flatten=True)
        self.ask(
            "Network.emulateNetworkConditions",
            offline=True,
            latency=0,
            downloadThroughput=0,
            uploadThroughput=0,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait()
        os.close(self._in)
        os.close(self._out)

    def open(self, path: Path) -> None:
        self.ask("Page.navigate", url=path.as_uri())
        self._wait(lambda event: event["method"] == "Page.loadEventFired")

    def js(self, expression: str) -> Any:
        """Return what an expression gives, waiting for promises."""
        done = self.ask(
            "Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True
        )
        assert "exceptionDetails" not in done, done
        return done["result"].get("value")

    def until(self, condition: str) -> Any:
        """Wait in the page until an expression is true, and return it."""
        return self.js(
            f"new Promise((done) => {{ const look = () => {{ const it = {condition};"
            " if (it) done(it); else setTimeout(look, 50); }; look(); })"
        )

    def drop(self, *paths: Path) -> None:
        """Drag files and folders onto the page, as from a file manager."""
        data = {"items": [], "files": [str(path) for path in paths], "dragOperationsMask": 1}
        for kind in ("dragEnter", "dragOver", "drop"):
            self.ask("Input.dispatchDragEvent", type=kind, x=100, y=100, data=data)

    def choose(self, selector: str, *paths: Path) -> None:
        """Pick files in a field."""
        found = self.ask("Runtime.evaluate", expression=f"document.querySelector({selector!r})")
        identity = found["result"]["objectId"]
        self.ask("DOM.setFileInputFiles", files=[str(path) for path in paths], objectId=identity)

    def downloaded(self, click: str) -> Path:
        """Click a button by its text, and return the file that comes."""
        self._events.clear()
        self.click(click)
        begun = self._wait(lambda event: event["method"] == "Browser.downloadWillBegin")
        self._wait(
            lambda event: (
                event["method"] == "Browser.downloadProgress"
                and event["params"]["state"] == "completed"
            )
        )
        return self.downloads / begun["params"]["suggestedFilename"]

    def click(self, text: str) -> None:
        found = f"[...document.querySelectorAll('button')].find((each) => each.offsetParent && each.textContent === {text!r})"
        self.js(f"{found}.click()")

    def key(self, key: str) -> None:
        codes = {"Tab": 9, "Enter": 13, "ArrowRight": 39, "ArrowLeft": 37}
        given = {"key": key, "code": key, "windowsVirtualKeyCode": codes[key]}
        text = {"text": "\r"} if key == "Enter" else {}
        self.ask("Input.dispatchKeyEvent", type="keyDown", **given, **text)
        self.ask("Input.dispatchKeyEvent", type="keyUp", **given)

    def picture(self, target: Path, width: int, height: int = 900, *, dark: bool = False) -> None:
        self.look(width, height, dark=dark)
        shot = self.ask("Page.captureScreenshot", format="png")
        target.write_bytes(base64.b64decode(shot["data"]))

    def look(self, width: int, height: int = 900, *, dark: bool = False) -> None:
        self.ask(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=False,
        )
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.ask("Emulation.setEmulatedMedia", features=[scheme])

    def pdf(self, target: Path) -> None:
        done = self.ask("Page.printToPDF", printBackground=True)
        target.write_bytes(base64.b64decode(done["data"]))

    def ask(self, method: str, **params: Any) -> Any:
        return self._send(method, self._page, **params)

    @property
    def pid(self) -> int:
        return self._process.pid

    def _send(self, method: str, session: str | None = None, **params: Any) -> Any:
        number = self._write(method, session, params)
        while True:
            answer = self._next()
            if answer.get("id") == number:
                assert "error" not in answer, (method, answer["error"])
                return answer["result"]
            self._take(answer)

    def _write(self, method: str, session: str | None, params: dict[str, Any]) -> int:
        self._last += 1
        message = {"id": self._last, "method": method, "params": params}
        if session:
            message["sessionId"] = session
        content = json.dumps(message).encode() + b"\0"
        while content:
            content = content[os.write(self._out, content) :]
        return self._last

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._pending:
            assert self._ready.select(PATIENCE), "the browser says nothing"
            part = os.read(self._in, 1 << 20)
            assert part, "the browser is gone"
            self._pending += part
        message, _, self._pending = self._pending.partition(b"\0")
        read: dict[str, Any] = json.loads(message)
        return read

    def _take(self, event: dict[str, Any]) -> None:
        if "method" not in event:
            return
        params = event["params"]
        if event["method"] == "Target.attachedToTarget":
            session = params["sessionId"]
            self._write("Network.enable", session, {})
            self._write("Runtime.runIfWaitingForDebugger", session, {})
        elif event["method"] == "Network.requestWillBeSent":
            self.requests.append(params["request"]["url"])
        elif event["method"] == "Log.entryAdded":
            self.violations.append(params["entry"]["text"])
        elif event["method"] == "Runtime.exceptionThrown":
            self.violations.append(str(params["exceptionDetails"]))
        self._events.append(event)

    def _wait(self, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        while True:
            for at, event in enumerate(self._events):
                if wanted(event):
                    del self._events[at]
                    return event
            answer = self._next()
            self._take(answer)
