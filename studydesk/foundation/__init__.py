"""What every floor of the house stands on: faults, clock, ids, paths, declared settings, changes, events."""
