"""Puts this folder on the path, so that tests of several layers can share `small_inspection`, and keeps the collector of garbage short."""

import gc


def pytest_collection_finish():
    """Take what was imported and collected, twelve thousand tests and the libraries, out of later collections: it never becomes garbage."""
    gc.collect()
    gc.freeze()
