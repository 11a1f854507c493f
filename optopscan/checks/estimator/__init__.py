"""How likely n storeys are: what is not known about the building, sampled as facts and compared with what each part needs.

`factors` names what is not known, `samples` draws it, `needs` turns every check of every part into
a linear need, once per state of the building, and `reach` compares the needs with the draws.
"""
