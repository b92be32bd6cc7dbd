"""The web side of the station: the page, the API, the event stream and the figures."""
