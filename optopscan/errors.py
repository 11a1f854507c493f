"""Errors that stop a run; imports nothing.

Findings that travel with a result are issues (`optopscan.issues`), not errors.
Every message says what, where, and what to do, in one line.
"""


class OptopscanError(Exception):
    """Root of everything this package raises on purpose."""

    exit_code = 3


class UsageError(OptopscanError):
    """The command, a setting, an override or a catalogue file is wrong."""

    exit_code = 2


class MissingExtra(UsageError):
    """An output needs a library of an extra that is not installed; the message names the command that installs it."""


class UnreadableInput(OptopscanError):
    """A file cannot be read as one complete model of a building."""

    exit_code = 3


class NothingToScan(OptopscanError):
    """The model was read but has no bearing structure or no roof at all."""

    exit_code = 3


class EquilibriumError(OptopscanError):
    """A load was lost or moved; a bug in this program, never an input fault."""

    exit_code = 3
