"""The fleet: what a station tells a broker (MQTT) of the gym's own. Loaded only if one is set."""
