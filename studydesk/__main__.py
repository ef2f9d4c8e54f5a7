"""`python -m studydesk`, and the program `studydesk`."""

from __future__ import annotations

import sys


def main() -> int:
    """Run the command line of this process."""
    from studydesk.cli import main as run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
