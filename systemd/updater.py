"""Installed as /usr/lib/matside/updater/__main__.py, beside what it imports; root runs it."""

import sys

from kiosk.updates.installer import main

sys.exit(main())
