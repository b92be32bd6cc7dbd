"""What members read and do: the routines, and the station's own words."""
