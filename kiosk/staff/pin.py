"""The staff PIN: what one must be like, and how it is kept so that nobody can read it.

What is kept is a slow hash of the PIN and a salt. Whoever gets hold of it has to compute the hash
for every PIN that there is, and cannot use what was computed for another station.
"""

import hashlib
import hmac
import os
import secrets
from typing import Annotated

import msgspec
from msgspec import Meta

from kiosk.core.errors import StaffError

#: The digits that a PIN has at least and at most.
SHORTEST, LONGEST = 6, 12

#: What scrypt costs: blocks (a power of two), the size of a block, and how often it is done in
#: turn. It takes 8 MiB of memory (128 x blocks x size), and 107 ms of a server's processor; that of
#: a Raspberry Pi 4 is 5 to 8 times slower. More turns and not more blocks make it slow, since the
#: whole station is to do with 40 MB.
BLOCKS, SIZE, TURNS = 2**13, 8, 5

#: The most memory that a hash may take, in bytes. A file that asks for more is damaged.
MOST_MEMORY = 16 * 2**20

_SALT_BYTES = 16
_HASH_BYTES = 32

#: Digits in the order of the keys, up and on from 9 to 0.
_UP = "01234567890123456789"


class StoredPin(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A PIN as it is kept.

    Attributes:
        id: Names this PIN: another one, or the same chosen anew, has another id.
        salt: Random bytes that were hashed together with it.
        hash: The hash.
        blocks: What the hash costs, a power of two: see `BLOCKS`.
        size: The size of a block.
        turns: How often it is done in turn.
    """

    id: str
    salt: bytes
    hash: bytes
    blocks: Annotated[int, Meta(ge=2, le=2**17)] = BLOCKS
    size: Annotated[int, Meta(ge=1, le=16)] = SIZE
    turns: Annotated[int, Meta(ge=1, le=32)] = TURNS

    def is_made_of(self, digits: str) -> bool:
        """Whether `digits` are this PIN. Takes as long as a hash does; other threads go on.

        Raises:
            StaffError: What is kept is damaged: its cost is one that is never chosen.
        """
        return hmac.compare_digest(_hash(digits, self), self.hash)


def stored_pin(digits: str) -> StoredPin:
    """The PIN `digits` as it is to be kept. Takes as long as a hash does.

    Raises:
        StaffError: It cannot be a PIN.
    """
    check_pin(digits)
    empty = StoredPin(secrets.token_hex(8), os.urandom(_SALT_BYTES), b"")
    return msgspec.structs.replace(empty, hash=_hash(digits, empty))


def check_pin(digits: str) -> None:
    """Refuse what cannot be a PIN. The text does not repeat it, since texts end up in logs.

    Raises:
        StaffError: It is no PIN, or one of those that are tried first.
    """
    if not (digits.isascii() and digits.isdigit() and SHORTEST <= len(digits) <= LONGEST):
        raise StaffError(f"A PIN has {SHORTEST} to {LONGEST} digits.")
    if digits in _UP or digits[::-1] in _UP:
        raise StaffError("That PIN counts up or down, so it is soon guessed. Take another one.")
    if _repeats(digits):
        raise StaffError("That PIN repeats itself, so it is soon guessed. Take another one.")


def _repeats(digits: str) -> bool:
    """Whether it is a few digits again and again, for example 000000, 121212 or 123123."""
    return any(
        digits == (digits[:length] * len(digits))[: len(digits)]
        for length in range(1, len(digits) // 2 + 1)
    )


def _hash(digits: str, kept: StoredPin) -> bytes:
    if 128 * kept.blocks * kept.size > MOST_MEMORY or kept.blocks & (kept.blocks - 1):
        raise StaffError("What is kept of the staff PIN is damaged.")
    return hashlib.scrypt(
        digits.encode(),
        salt=kept.salt,
        n=kept.blocks,
        r=kept.size,
        p=kept.turns,
        maxmem=2 * MOST_MEMORY,  # OpenSSL counts a little more than the blocks
        dklen=_HASH_BYTES,
    )
