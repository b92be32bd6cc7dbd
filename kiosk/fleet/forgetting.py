"""Takes a station that is gone for good out of the broker, and so out of Home Assistant."""

from collections.abc import Sequence

from kiosk.core.errors import FleetError
from kiosk.fleet import discovery
from kiosk.fleet.messages import NAME, ONLINE, Topics
from kiosk.fleet.push import GROUPS
from kiosk.fleet.visit import Visit
from kiosk.settings.shapes import FleetSection


def forget(visit: Visit, station: str, section: FleetSection, *, force: bool) -> Sequence[str]:
    """Have the broker forget all that it has kept of a station.

    Args:
        visit: The connection to the broker.
        station: Id of the station.
        section: The settings of the fleet.
        force: Do so even if the broker has the station as online.

    Returns:
        The topics that were emptied, Home Assistant's first: it takes the device away before it
        could hear anything else of it.

    Raises:
        FleetError: It is no id, nothing is kept of such a station, the station is online, or the
            broker does not let this user write.
    """
    if NAME.fullmatch(station) is None or station == GROUPS:
        raise FleetError(f"{station!r} is no id of a station. `matside fleet status` shows them.")
    own = [f"{section.prefix}/{station}/#"]
    if section.discovery_prefix is not None:
        own.insert(0, discovery.topic(section.discovery_prefix, station))
    kept = visit.kept(*own)
    if not kept:
        raise FleetError(
            f"The broker has kept nothing of {station}. `matside fleet status` shows the ids that "
            f"it knows of."
        )
    if kept.get(Topics(section.prefix, station).availability) == ONLINE.encode() and not force:
        raise FleetError(
            f"{station} is online, and would say all of it again. Stop it for good first, on the "
            f"station: sudo systemctl disable --now matside, or set no fleet.broker there. If it "
            f"is gone and only the broker does not know it, because it has been killed itself "
            f"meanwhile: --force."
        )
    topics = sorted(kept, key=lambda topic: topic != own[0])
    for topic in topics:
        visit.say(topic, b"")
    if left := visit.kept(*own):
        raise FleetError(
            f"The broker still has {', '.join(sorted(left))}: its access list does not let this "
            f"user write there, or the station is still running and has said it again."
        )
    return topics
