"""`python -m scheduler_core`."""

from __future__ import annotations

import sys

from scheduler_core.cli import main

sys.exit(main(sys.argv[1:]))
