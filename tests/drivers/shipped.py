"""The files of the routines that come along, without their translations."""

from kiosk.library.routine_files import SHIPPED_ROUTINES

#: One file for each routine, ordered by name.
ROUTINE_FILES = sorted(path for path in SHIPPED_ROUTINES.glob("*.toml") if "." not in path.stem)
