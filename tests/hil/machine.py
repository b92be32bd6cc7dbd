"""Drives the virtual machine: boots it on an overlay, runs commands in it, cuts its power."""

import base64
import json
import os
import shlex
import shutil
import socket
import subprocess
import tempfile
import time
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tests.hil.image import Image
from tests.systems.host import SystemsError, say

#: An emulated CPU on a busy host is slow; past this something hangs.
BOOT_SECONDS = 300
#: A kernel on a working KVM is through in two.
KVM_PROBE_SECONDS = 10
#: Some hosts refuse to set the register behind this flag.
KVM_CPU = "host,arch-capabilities=off"
#: All that QEMU emulates, but for two things that QEMU 7.2 of Bookworm does wrong. With cmpxchg16b,
#: Linux 6.12 of Trixie ended in a double fault in its memory allocator after some minutes; without
#: it, the kernel does the same by itself. With AVX2, a gather instruction whose indexes are in
#: register 4 reads from addresses at random. Chromium, which scales pictures with that instruction
#: where there is no graphics hardware, crashed at it. Without AVX2 but with AVX, Bookworm's apt
#: ended with an illegal instruction, so there is nothing of AVX and what belongs to it.
EMULATED_CPU = "max,-cx16,-avx,-avx2,-fma,-f16c,-vaes"
MACHINE = ("-machine", "q35", "-nodefaults", "-no-user-config", "-display", "none", "-no-reboot")
#: Beyond the time that a command has by itself, for the answer to come back.
GRACE_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Result:
    """What a command in the machine did: exit code (124: out of time) and output."""

    code: int
    out: str
    err: str


@cache
def accelerator(kernel: Path) -> str:
    """Give ``kvm`` where it works, else ``tcg``; MATSIDE_HIL_ACCEL overrides.

    A /dev/kvm within another virtual machine may open and then hang, so a kernel is booted on it:
    with no disk it panics, and the machine ends by itself.
    """
    if chosen := os.environ.get("MATSIDE_HIL_ACCEL"):
        return chosen
    if not os.access("/dev/kvm", os.R_OK | os.W_OK):
        return "tcg"
    boot = ("-kernel", str(kernel), "-append", "panic=-1")
    try:
        probe = subprocess.run(
            ["qemu-system-x86_64", *MACHINE, "-accel", "kvm", "-cpu", KVM_CPU, *boot],
            capture_output=True,
            timeout=KVM_PROBE_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        say("/dev/kvm is there but a kernel hangs on it: emulating instead")
        return "tcg"
    if probe.returncode:
        say("/dev/kvm is there but does not work: emulating instead")
        return "tcg"
    return "kvm"


class Machine:
    """One virtual machine on a throw-away overlay of an image; it has no network.

    A context manager: leaving it kills the machine and removes its files.

    Args:
        image: What to boot.
        memory_mb: Memory of the machine.
        screen: Whether it has a screen, for `take_picture`.
        log: Where the serial console goes; within the scratch folder if None.
    """

    def __init__(
        self, image: Image, *, memory_mb: int = 1024, screen: bool = False, log: Path | None = None
    ) -> None:
        self.accelerator = accelerator(image.kernel)
        self._image = image
        self._memory_mb = memory_mb
        self._screen = screen
        # Short on purpose: the path of a socket may have 107 characters.
        self._folder = Path(tempfile.mkdtemp(prefix="matside-hil-"))
        self._log = log or self._folder / "console.log"
        self._overlay = self._folder / "overlay.qcow2"
        self._qemu: subprocess.Popen[bytes] | None = None
        self._socket: socket.socket | None = None
        self._buffer = b""
        base = ("-F", "raw", "-b", str(image.disk.resolve()))
        command = ["qemu-img", "create", "-q", "-f", "qcow2", *base, str(self._overlay)]
        subprocess.run(command, check=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.cut_power()
        shutil.rmtree(self._folder)

    def boot(self) -> float:
        """Switch the machine on and wait for its agent; the overlay keeps what was written.

        Returns:
            The seconds that it took.

        Raises:
            SystemsError: It did not come up; the message has the end of its console.
        """
        start = time.monotonic()
        port = self._folder / "agent"
        port.unlink(missing_ok=True)
        self._qemu = subprocess.Popen(
            self._command(port), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
        )
        self._buffer = b""
        self._socket = self._connect(port, start + BOOT_SECONDS)
        self._read(start + BOOT_SECONDS)
        return time.monotonic() - start

    def cut_power(self) -> None:
        """Kill the machine where it stands, as pulling the plug does."""
        if self._socket:
            self._socket.close()
            self._socket = None
        if self._qemu:
            self._qemu.kill()
            self._qemu.wait()
            self._qemu = None

    def until_off(self, seconds: float) -> float:
        """Wait until the machine goes down by itself, to be off or to boot anew: QEMU ends then.

        Returns:
            The seconds that it took.

        Raises:
            SystemsError: It has not within `seconds`.
        """
        start = time.monotonic()
        if self._qemu is not None:
            try:
                self._qemu.wait(seconds)
            except subprocess.TimeoutExpired:
                raise SystemsError(f"the machine is still up after {seconds:.0f} s") from None
        self.cut_power()
        return time.monotonic() - start

    def run(self, command: str | list[str], *, timeout: float = 120, check: bool = True) -> Result:
        """Run a command (a string by the shell) in the machine as root, to its end.

        Raises:
            SystemsError: It failed and `check` is set, or the machine stopped answering.
        """
        argv = ["sh", "-c", command] if isinstance(command, str) else command
        answer = self._ask({"run": argv, "timeout": timeout}, timeout)
        out, err = (
            base64.b64decode(answer[name]).decode(errors="replace") for name in ("out", "err")
        )
        result = Result(answer["code"], out, err)
        if check and result.code:
            raise SystemsError(f"exit {result.code} in the machine: {shlex.join(argv)}\n{out}{err}")
        return result

    def put(self, source: Path | bytes, target: str, mode: int = 0o644) -> None:
        """Write a file in the machine."""
        data = source if isinstance(source, bytes) else source.read_bytes()
        self._ask({"put": target, "data": base64.b64encode(data).decode(), "mode": mode}, 60)

    def get(self, path: str) -> bytes:
        """Read a file of the machine."""
        return base64.b64decode(self._ask({"get": path}, 60)["data"])

    def take_picture(self, file: Path, kind: str) -> None:
        """Write what is on the screen into `file`, as ``ppm`` or ``png``; absolute path.

        Raises:
            SystemsError: QEMU could not.
        """
        with socket.socket(socket.AF_UNIX) as monitor:
            monitor.settimeout(GRACE_SECONDS)
            monitor.connect(str(self._folder / "monitor"))
            words = monitor.makefile("rw")
            words.readline()  # its greeting
            wanted = {"filename": str(file), "format": kind}
            for command, arguments in (("qmp_capabilities", {}), ("screendump", wanted)):
                words.write(json.dumps({"execute": command, "arguments": arguments}) + "\n")
                words.flush()
                answer = json.loads(words.readline())
                while "event" in answer:
                    answer = json.loads(words.readline())
                if "error" in answer:
                    raise SystemsError(f"no picture of the screen: {answer['error']['desc']}")

    def console(self) -> str:
        """Give what the serial console has shown since the first boot."""
        return self._log.read_text(errors="replace") if self._log.exists() else ""

    def _command(self, port: Path) -> list[str]:
        fast = self.accelerator == "kvm"
        return [
            "qemu-system-x86_64",
            *MACHINE,
            *("-accel", self.accelerator, "-cpu", KVM_CPU if fast else EMULATED_CPU),
            *("-smp", "2", "-m", str(self._memory_mb)),
            *("-kernel", str(self._image.kernel), "-initrd", str(self._image.initrd)),
            *("-append", "root=/dev/vda rw console=ttyS0 panic=-1 quiet"),
            *("-drive", f"file={self._overlay},format=qcow2,if=virtio"),
            *("-chardev", f"file,id=console,path={self._log},append=on"),
            *("-serial", "chardev:console"),
            *("-chardev", f"socket,id=agent,path={port},server=on,wait=off"),
            *("-device", "virtio-serial-pci", "-device", "virtserialport,chardev=agent,name=hil"),
            *("-device", "virtio-rng-pci"),
            *(("-device", "virtio-gpu-pci") if self._screen else ()),
            *("-qmp", f"unix:{self._folder / 'monitor'},server=on,wait=off"),
        ]

    def _connect(self, port: Path, deadline: float) -> socket.socket:
        while True:
            self._check_alive(deadline)
            connection = socket.socket(socket.AF_UNIX)
            try:
                connection.connect(str(port))
            except OSError:  # QEMU has not made the socket yet
                connection.close()
                time.sleep(0.05)
            else:
                return connection

    def _ask(self, request: dict[str, Any], seconds: float) -> dict[str, Any]:
        if not self._socket:
            raise SystemsError("the machine is off")
        self._socket.settimeout(GRACE_SECONDS)
        try:
            self._socket.sendall(json.dumps(request).encode() + b"\n")
        except OSError:  # the machine has ended, or takes nothing in any more
            self._check_alive(deadline=0)
        answer = self._read(time.monotonic() + seconds + GRACE_SECONDS)
        if "error" in answer:
            raise SystemsError(f"the machine could not do it: {answer['error']}")
        return answer

    def _read(self, deadline: float) -> dict[str, Any]:
        """Read the agent's next line."""
        if not self._socket:
            raise SystemsError("the machine is off")
        self._socket.settimeout(1)
        while b"\n" not in self._buffer:
            self._check_alive(deadline)
            try:
                self._buffer += self._socket.recv(1 << 20)
            except TimeoutError:
                continue
        line, _, self._buffer = self._buffer.partition(b"\n")
        message: dict[str, Any] = json.loads(line)
        return message

    def _check_alive(self, deadline: float) -> None:
        dead = self._qemu is None or self._qemu.poll() is not None
        if dead or time.monotonic() > deadline:
            what = "stopped by itself" if dead else "does not answer"
            end = "\n".join(self.console().splitlines()[-25:])
            raise SystemsError(f"the virtual machine {what}; the end of its console:\n{end}")
