"""The version of this release, read by the packaging and shown on ``/healthz``."""

VERSION = "0.1.0"
