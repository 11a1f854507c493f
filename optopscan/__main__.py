"""Entry point of `optopscan` and `python -m optopscan`."""

import signal
import sys


class _Terminated(BaseException):
    """SIGTERM arrived before the command line was there to hear it."""


def main() -> None:
    """Run the command line."""
    try:
        signal.signal(signal.SIGTERM, _stop)
        from optopscan.cli.app import run

        run()
    except KeyboardInterrupt:  # before the command line was there to hear it, or a second one while it cleaned up
        sys.stderr.write("optopscan: interrupted; nothing more was written\n")
        sys.exit(130)
    except _Terminated:
        sys.stderr.write("optopscan: terminated; nothing more was written\n")
        sys.exit(143)


def _stop(*_: object) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # once is enough
    raise _Terminated


if __name__ == "__main__":
    main()
