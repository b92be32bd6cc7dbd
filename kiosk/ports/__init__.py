"""The types that rooms hand to each other: of the panel, the clock, the health and the checks."""
