"""What the station does as a service of systemd."""
