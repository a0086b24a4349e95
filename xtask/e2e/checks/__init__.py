"""Other people's checkers, each asked about everything that an assembly holds.

Every module has `check(assemblies)` and `can_fail()`, which gives the same checker something broken, so that
a checker that looks at nothing is found out.
"""
