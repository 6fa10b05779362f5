"""What holds for all tests."""

from pathlib import Path

from hypothesis import settings

import wfm

# The first call of a compiled formula takes seconds, and time is no test.
settings.register_profile("wfm", deadline=None)
settings.load_profile("wfm")


def drop_stale_kernels() -> None:
    """Forget compiled functions that are older than some source of their package.

    Numba looks at the file of a function only, not at those of the functions that it calls.
    """
    home = Path(wfm.__file__).parent
    for index in home.rglob("__pycache__/*.nbi"):
        package = index.parent.parent
        if index.stat().st_mtime < max(source.stat().st_mtime for source in package.glob("*.py")):
            index.unlink()


drop_stale_kernels()
