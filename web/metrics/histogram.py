"""Where times are counted until somebody collects them."""

import threading
from bisect import bisect_left


class Histogram:
    """Counts times by how long they are. It never grows, whatever is put into it.

    Any thread may use it.

    Args:
        bounds: Upper bounds of its buckets in seconds, the least first. What is longer than the
            last one has a bucket of its own.
    """

    def __init__(self, bounds: tuple[float, ...]) -> None:
        self._bounds = bounds
        self._counts = [0] * (len(bounds) + 1)
        self._sum = 0.0
        self._lock = threading.Lock()

    def put(self, seconds: float) -> None:
        """Count a time of `seconds`; returns at once."""
        index = bisect_left(self._bounds, seconds)
        with self._lock:
            self._counts[index] += 1
            self._sum += seconds

    def buckets(self) -> tuple[list[tuple[str, float]], float]:
        """How many times are at most as long as each bound, and the sum of all times in seconds.

        The last bound is ``+Inf``, so its number is that of all times.
        """
        with self._lock:
            counts, total = self._counts.copy(), self._sum
        return cumulative(counts, (*map(str, self._bounds), "+Inf")), total


def cumulative(counts: list[int], bounds: tuple[str, ...]) -> list[tuple[str, float]]:
    """Each bound, with the sum of the counts up to it."""
    found, so_far = [], 0
    for bound, count in zip(bounds, counts, strict=True):
        so_far += count
        found.append((bound, float(so_far)))
    return found
