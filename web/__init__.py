"""The web side of the station: pages, the event stream and the figures."""
