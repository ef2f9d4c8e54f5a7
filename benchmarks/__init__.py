"""What we promise about speed, as runnable figures: `python -m benchmarks [NAME ...]`.

Each public module here has `run() -> list[Row]`; a crash in one does not keep the others from running.
"""
