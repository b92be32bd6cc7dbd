"""What the station does beside its sessions when systemd runs it as a service."""
