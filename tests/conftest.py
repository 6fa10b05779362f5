"""What holds for all tests."""

import os
from pathlib import Path

from hypothesis import settings

HERE = Path(__file__).parent
SOURCES = HERE.parent / "wfm"

# The first call of a compiled formula takes seconds, and time is no test.
settings.register_profile("wfm", deadline=None)
settings.load_profile("wfm")


def kernels() -> Path:
    """Where compiled functions are kept: each process that runs tests beside others has its own.

    Two that write into the same files at once would leave one's functions under the other's names.
    """
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    if worker is None:
        return SOURCES
    own = HERE.parent / ".numba_cache" / worker
    os.environ["NUMBA_CACHE_DIR"] = str(own)
    return own


def drop_stale_kernels(home: Path) -> None:
    """Forget compiled functions that are older than some source.

    Numba looks at the file of a function only, not at those of the functions that it calls.
    """
    newest = max(source.stat().st_mtime for source in SOURCES.rglob("*.py"))
    for index in home.rglob("*.nbi"):
        if index.stat().st_mtime < newest:
            index.unlink()


# Before anything is imported that imports numba.
drop_stale_kernels(kernels())
