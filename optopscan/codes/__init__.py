"""One module per standard, one pure array function per clause.

Every clause function has a section ``Formula`` in its docstring, written with the names of its own
arguments: symbol = expression, one line per intermediate result, the result last. Expressions are
arithmetic, ``x if condition else y`` and the functions min, max, abs, sign, sqrt, ln, exp, sin, cos, tan,
atan, radians, degrees and interp; sum, mean, deviation (of a sample), count, least, most and largest(n, .)
run over the last axis. A line in words stands for an iteration or a table; N or V in it is the force that
is solved for.
"""
