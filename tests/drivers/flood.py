"""Many requests at once, in a process of their own: somebody who is after the PIN, or after harm.

``python -m tests.drivers.flood HOST PORT REQUESTS CONNECTIONS`` prints how often each status came.
"""

import asyncio
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from kiosk.check.machine import ipv4_of

#: A wrong PIN.
BODY = b'{"pin":"480918"}'


def own_address() -> str:
    """An address of this machine in a network, from where it is not taken for the panel itself.

    If it is in none, that is the loopback's.
    """
    cards = sorted(path.name for path in Path("/sys/class/net").glob("*") if path.name != "lo")
    return next((found for card in cards if (found := ipv4_of(card))), "127.0.0.1")


async def flood(address: str, port: int, requests: int, connections: int) -> Counter[str]:
    """Send so many requests over so many connections; count the statuses of the answers."""
    left = iter(range(requests))
    counted: Counter[str] = Counter()
    await asyncio.gather(*(_connection(address, port, left, counted) for _ in range(connections)))
    return counted


async def _connection(address: str, port: int, left: Iterator[int], counted: Counter[str]) -> None:
    host = f"{address}:{port}".encode()
    ask = b"GET /staff/enter HTTP/1.1\r\nHost: %s\r\n\r\n" % host
    try_pin = (
        b"POST /staff/sign-in HTTP/1.1\r\nHost: %s\r\nOrigin: http://%s\r\n"
        b"Content-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
    ) % (host, host, len(BODY), BODY)
    reader, writer = await asyncio.open_connection(address, port)
    for number in left:
        try:
            writer.write(try_pin if number % 2 else ask)
            counted[await _status(reader)] += 1
        except (OSError, asyncio.IncompleteReadError):
            counted["cut"] += 1
            reader, writer = await asyncio.open_connection(address, port)
    writer.close()


async def _status(reader: asyncio.StreamReader) -> str:
    """Read an answer; return its status."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode()
    for line in head.splitlines():
        name, _, value = line.partition(":")
        if name.lower() == "content-length":
            await reader.readexactly(int(value))
    return head.split()[1]


if __name__ == "__main__":
    print(dict(asyncio.run(flood(sys.argv[1], *map(int, sys.argv[2:])))))
