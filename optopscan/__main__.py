"""Entry point of `optopscan` and `python -m optopscan`."""


def main() -> None:
    """Run the command line."""
    from optopscan.cli.app import cli

    cli(prog_name="optopscan")


if __name__ == "__main__":
    main()
