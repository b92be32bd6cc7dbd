"""Pictures of statistics as SVG: pure functions from plain data, without a script or a style."""
