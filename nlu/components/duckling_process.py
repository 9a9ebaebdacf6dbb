"""Duckling in a process of its own: `python -m nlu.components.duckling_process`, a line of JSON in, one out.

There are phrases ("from 2 to 5", five times over) that keep Duckling busy for hours, and a call of it cannot
be interrupted. So each text may use so much computing time; then the system ends the process.
"""

from __future__ import annotations

import json
import signal
import sys
from datetime import datetime

from nlu.components.duckling import DucklingLibrary

SECONDS = 0.5  #: of computing time, a hundred times what people's messages take


def main() -> int:
    """Answers until there are no more questions."""
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    library = DucklingLibrary()
    for line in sys.stdin:
        asked = json.loads(line)
        wall = datetime.fromisoformat(asked["wall"])
        signal.setitimer(signal.ITIMER_PROF, SECONDS)
        found = library.parse(asked["text"], wall=wall, locale=asked["locale"])
        signal.setitimer(signal.ITIMER_PROF, 0)
        sys.stdout.write(json.dumps(found) + "\n")
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
