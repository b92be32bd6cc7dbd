"""The panel test: staff find out whether the station's parts work, and what they found is kept."""
