"""The published schema of the record as a validator, made once."""

from functools import cache

import jsonschema

from optopscan.report.record.schema import published


@cache
def validator():
    """Return the validator of a record."""
    return jsonschema.Draft202012Validator(published())
