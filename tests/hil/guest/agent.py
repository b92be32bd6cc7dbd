"""Runs what the host asks for: one JSON object a line over a virtio serial port.

Asked: ``{"run": [argv], "stdin": base64, "timeout": seconds}`` or ``{"put": path, "data": base64,
"mode": int}`` or ``{"get": path}``. Answered: ``{"code", "out", "err"}``, ``{"data"}`` or
``{"error"}``. On start it says ``{"hello": boot id}``, so that the host knows that it is up.
"""

import base64
import json
import os
import subprocess
from pathlib import Path
from typing import Any

PORT = "/dev/virtio-ports/hil"


def run(request: dict[str, Any]) -> dict[str, Any]:
    """Run a command to its end; 124 is its exit code if its time is up."""
    try:
        done = subprocess.run(
            request["run"],
            input=base64.b64decode(request.get("stdin", "")),
            capture_output=True,
            timeout=request["timeout"],
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        return {"code": 124, "out": encode(late.stdout or b""), "err": encode(late.stderr or b"")}
    return {"code": done.returncode, "out": encode(done.stdout), "err": encode(done.stderr)}


def put(request: dict[str, Any]) -> dict[str, Any]:
    """Write a file, and the folders above it."""
    path = Path(request["put"])
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(base64.b64decode(request["data"]))
    path.chmod(request["mode"])
    return {"data": ""}


def get(request: dict[str, Any]) -> dict[str, Any]:
    """Read a file."""
    return {"data": encode(Path(request["get"]).read_bytes())}


def encode(data: bytes) -> str:
    """Make bytes fit for JSON."""
    return base64.b64encode(data).decode()


def answer(request: dict[str, Any]) -> dict[str, Any]:
    """Do what is asked for; what goes wrong is the host's to know."""
    try:
        for verb, do in (("run", run), ("put", put), ("get", get)):
            if verb in request:
                return do(request)
        return {"error": f"cannot do any of {sorted(request)}"}
    except OSError as problem:
        return {"error": str(problem)}


def main() -> None:
    """Serve the host until the machine goes down."""
    port = os.open(PORT, os.O_RDWR)
    with os.fdopen(port, "rb") as asked, os.fdopen(os.dup(port), "wb", buffering=0) as told:

        def tell(message: dict[str, Any]) -> None:
            line = json.dumps(message).encode() + b"\n"
            while line:
                line = line[told.write(line) or 0 :]

        tell({"hello": Path("/proc/sys/kernel/random/boot_id").read_text().strip()})
        for line in asked:
            tell(answer(json.loads(line)))


if __name__ == "__main__":
    main()
