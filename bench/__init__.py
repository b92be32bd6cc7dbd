"""What the station costs and how fast it is, measured: ``make bench``."""
