"""The metrics: what Prometheus collects from the station. Loaded only where they are on."""
