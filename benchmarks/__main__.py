"""Runs benchmarks and prints one table: `python -m benchmarks [NAME ...]`. Status 1 only after a crash."""

from __future__ import annotations

import importlib
import pkgutil
import sys
import traceback

import benchmarks
from benchmarks._table import Row, format_table


def names() -> list[str]:
    """Return the names of all benchmarks."""
    return sorted(m.name for m in pkgutil.iter_modules(benchmarks.__path__) if not m.name.startswith("_"))


def main(words: list[str]) -> int:
    """Run the named benchmarks, or all; return the exit status."""
    if unknown := set(words) - set(names()):
        print(
            f"There is no benchmark {', '.join(sorted(unknown))}; there are {', '.join(names())}.",
            file=sys.stderr,
        )
        return 2
    rows: list[Row] = []
    crashed = False
    for name in words or names():
        print(f"{name} ...", file=sys.stderr, flush=True)
        try:
            rows += importlib.import_module(f"benchmarks.{name}").run()
        except Exception:  # one broken benchmark must not hide the figures of the others
            traceback.print_exc()
            rows.append(Row(name, "crashed", "", False))
            crashed = True
    print(format_table(rows))
    return int(crashed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
