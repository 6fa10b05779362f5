"""What holds for all tests."""

from hypothesis import settings

# The first call of a compiled formula takes seconds, and time is no test.
settings.register_profile("wfm", deadline=None)
settings.load_profile("wfm")
