"""Puts this folder on the path, so that tests of several layers can share `small_inspection`."""
