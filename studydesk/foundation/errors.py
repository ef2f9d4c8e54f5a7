"""Known faults. Whatever is not a Fault is a bug and goes to the log and the crash dialog."""


class Fault(Exception):
    """Something went wrong that a person can mend. Its text is one sentence that says what to do."""

    exit_status = 1

    @property
    def sentence(self) -> str:
        return str(self)


class UsageFault(Fault):
    """A command was called with words it does not take."""

    exit_status = 2


class NotReachable(Fault):
    """A desk, room or hub did not answer in time."""

    exit_status = 3


class Refused(Fault):
    """Entry or writing was refused: a wrong code, a removed member, a viewer."""

    exit_status = 4
