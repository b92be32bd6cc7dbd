"""Measurements of the station, how fast it is and what it needs: ``make bench``."""
