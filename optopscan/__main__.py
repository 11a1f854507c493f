"""Entry point of `optopscan` and `python -m optopscan`."""

import sys


def main() -> None:
    """Run the command line."""
    try:
        from optopscan.cli.app import run

        run()
    except KeyboardInterrupt:  # before the command line was there to hear it, or a second one while it cleaned up
        sys.stderr.write("optopscan: interrupted; nothing more was written\n")
        sys.exit(130)


if __name__ == "__main__":
    main()
