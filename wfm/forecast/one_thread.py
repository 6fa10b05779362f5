"""Small matrices on one thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

from threadpoolctl import threadpool_limits

Function = TypeVar("Function", bound=Callable[..., object])


def one_thread(function: Function) -> Function:
    """Keep linear algebra in a function to one thread.

    Matrices of some hundred days are small: the threads of a linear algebra package would wait for
    each other, on a busy machine for ten times as long, and would round in another way on each.
    """
    limited: object = threadpool_limits.wrap(limits=1, user_api="blas")(function)
    return cast("Function", limited)
