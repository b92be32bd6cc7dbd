"""The routes of the staff area: the way in and out, and the pages behind it."""
