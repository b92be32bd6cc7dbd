"""Whether the panel is in order: by itself, or with a person at it."""
