"""Builds the virtual machine's disk: a plain Debian with the kernel's gpio-sim, once, unattended.

The image is cached under a name made of the hash of everything that goes into it, so a changed
recipe builds a new one and an unchanged one costs nothing. Running machines write to overlays.
"""

import argparse
import hashlib
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from tests.systems import debian, host
from tests.systems.host import SystemsError, say

GUEST = Path(__file__).parent / "guest"
#: Host commands that an image is built and run with, and the Debian packages that have them.
NEEDS = debian.NEEDS | {
    "mkfs.ext4": "e2fsprogs",
    "qemu-img": "qemu-utils",
    "qemu-system-x86_64": "qemu-system-x86",
}

#: What the image has beyond Debian's smallest set.
PACKAGES = (
    "ca-certificates",
    "dbus",
    "initramfs-tools",
    "iproute2",
    "kmod",
    "libpam-systemd",
    "linux-image-amd64",
    "procps",
    "python3",
    "python3-venv",
    "systemd-sysv",
    "udev",
    "zstd",
)
INSTALL = "apt-get install -y -q --no-install-recommends"
#: Needed to build gpio-sim, and taken out of the image again.
BUILD_PACKAGES = ("gcc", "linux-headers-amd64", "linux-source", "make", "xz-utils")
#: Files of `guest/` that the image holds, where, and with what mode.
FILES = (
    ("60-gpio.rules", "etc/udev/rules.d/60-gpio.rules", 0o644),
    ("agent.py", "usr/local/sbin/hil-agent", 0o755),
    ("hil-agent.service", "etc/systemd/system/hil-agent.service", 0o644),
    ("hil-chip", "usr/local/sbin/hil-chip", 0o755),
    ("hil-chip.service", "etc/systemd/system/hil-chip.service", 0o644),
)
#: The initramfs holds these alone: unpacking all of Debian's takes an emulated CPU half a minute.
BOOT_MODULES = ("ext4", "virtio_blk", "virtio_pci")


@dataclass(frozen=True, slots=True)
class Recipe:
    """What an image is made of.

    Attributes:
        name: What it is for.
        release: Debian release, as ``bookworm`` or ``trixie``.
        extra_packages: Debian packages beside `PACKAGES`.
        size_mb: Size of the disk; it is sparse.
    """

    name: str
    release: str
    extra_packages: tuple[str, ...] = ()
    size_mb: int = 6144

    def key(self) -> str:
        """Hash of everything that decides what is in the image."""
        parts = [repr(self), Path(__file__).read_text(), debian.SOURCE]
        sources = ["build-gpio-sim", *(name for name, _, _ in FILES)]
        parts += [(GUEST / name).read_text() for name in sources]
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Image:
    """A built image: disk, kernel and initramfs, all to be read only."""

    folder: Path

    @property
    def disk(self) -> Path:
        """Raw ext4 file system, without partitions."""
        return self.folder / "disk.raw"

    @property
    def kernel(self) -> Path:
        """Debian's kernel."""
        return self.folder / "vmlinuz"

    @property
    def initrd(self) -> Path:
        """A small initramfs for the virtio disk."""
        return self.folder / "initrd.img"


def ensure_image(recipe: Recipe) -> Image:
    """Return the cached image of `recipe`, built first if there is none.

    Raises:
        SystemsError: A step of the build failed; the message has the end of its log.
    """
    host.install_needs(NEEDS)
    kind = f"image-{recipe.name}-{recipe.release}"
    return Image(host.ensure(kind, recipe.key(), lambda folder: Builder(recipe, folder).build()))


def add_debian(parser: argparse.ArgumentParser) -> None:
    """Add the option that says which Debian the machine has."""
    releases = sorted(debian.PYTHONS)
    parser.add_argument(
        "--debian", choices=releases, default=releases[0], help="in the machine (%(default)s)"
    )


class Builder:
    """Builds one image in a scratch folder."""

    def __init__(self, recipe: Recipe, folder: Path) -> None:
        self._recipe = recipe
        self._folder = folder
        self._root = folder / "root"
        self._log = folder / "build.log"

    def build(self) -> None:
        """Take every step, from an empty folder to disk, kernel and initramfs."""
        self._bootstrap()
        self._configure()
        self._build_module()
        self._finish()
        self._make_disk()
        shutil.rmtree(self._root)

    def _bootstrap(self) -> None:
        say("  1/4 unpacking Debian")
        packages = (*PACKAGES, *self._recipe.extra_packages)
        debian.bootstrap(self._recipe.release, "amd64", self._root, packages)

    def _configure(self) -> None:
        for name, path, mode in FILES:
            target = self._root / path
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(GUEST / name, target)
            target.chmod(mode)
        etc = self._root / "etc"
        (etc / "fstab").write_text("/dev/vda / ext4 errors=remount-ro 0 1\n")
        (etc / "hostname").write_text("matside-hil\n")
        (etc / "hosts").write_text("127.0.0.1 localhost matside-hil\n")
        initramfs = etc / "initramfs-tools"
        (initramfs / "modules").write_text("\n".join(BOOT_MODULES) + "\n")
        (initramfs / "conf.d" / "small").write_text("MODULES=list\n")
        self._chroot("groupadd --system gpio")
        self._chroot("passwd --delete root")  # for a person at the serial console
        self._chroot("systemctl enable hil-agent.service hil-chip.service")
        self._chroot("systemctl set-default multi-user.target")

    def _build_module(self) -> None:
        say("  2/4 building gpio-sim from Debian's kernel source")
        shutil.copyfile(GUEST / "build-gpio-sim", self._root / "tmp" / "build-gpio-sim")
        before = self._chroot("apt-mark showmanual").split()
        self._chroot("apt-get update -q")
        self._chroot(f"{INSTALL} {' '.join(BUILD_PACKAGES)}")
        self._chroot("sh /tmp/build-gpio-sim")
        self._chroot("apt-mark auto '.*' && apt-mark manual " + " ".join(before))
        # By name, because apt keeps whatever belongs to the kernel.
        self._chroot("apt-get purge -y -q --autoremove 'linux-(headers|kbuild|source).*' gcc make")

    def _finish(self) -> None:
        say("  3/4 making the initramfs")
        self._chroot("update-initramfs -u")
        self._chroot("apt-get clean; rm -rf /tmp/* /var/lib/apt/lists/*")
        (version,) = (self._root / "lib" / "modules").iterdir()
        boot = self._root / "boot"
        shutil.copyfile(boot / f"vmlinuz-{version.name}", self._folder / "vmlinuz")
        shutil.copyfile(boot / f"initrd.img-{version.name}", self._folder / "initrd.img")

    def _make_disk(self) -> None:
        say("  4/4 writing the disk")
        disk = self._folder / "disk.raw"
        with disk.open("wb") as file:
            file.truncate(self._recipe.size_mb << 20)
        self._do(["mkfs.ext4", "-q", "-F", "-d", str(self._root), str(disk)])

    def _chroot(self, script: str) -> str:
        """Run a shell script in the root with its own /proc; mounts go with the namespace."""
        within = (
            f"mount -t proc proc {self._root}/proc && mount -t devtmpfs dev {self._root}/dev"
            f' && exec chroot {self._root} sh -euc "$1"'
        )
        return self._do([*debian.unshared("amd64"), "sh", "-euc", within, "sh", script])

    def _do(self, command: list[str]) -> str:
        """Run a step, its output logged; return what it printed."""
        environment = {
            "DEBIAN_FRONTEND": "noninteractive",
            "LC_ALL": "C.UTF-8",
            "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
        } | {name: value for name, value in os.environ.items() if name.endswith("_proxy")}
        done = subprocess.run(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
            timeout=1800,
            env=environment,
        )
        with self._log.open("a") as log:
            log.write(f"$ {' '.join(command)}\n{done.stdout}")
        if done.returncode:
            end = "\n".join(done.stdout.splitlines()[-20:])
            raise SystemsError(f"this step failed: {' '.join(command)}\n{end}")
        return done.stdout
