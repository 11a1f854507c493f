"""What a C library prints in the middle of a scan stays away from the result."""

import ctypes

from optopscan.cli.terminal import clean_stdout


def test_noise_of_a_library_does_not_reach_stdout(capfd):
    library = ctypes.CDLL(None)
    with clean_stdout():
        library.puts(b"noise of a solver")
    library.fflush(None)
    print("result")
    assert capfd.readouterr().out == "result\n"
