"""Long work beside the page: in a thread, with its news brought back to the page's own loop.

Widgets belong to the loop that the kernel reads the page's messages in. The thread touches none: it
hands over what is to be shown, and the loop shows it between two clicks.
"""

import asyncio
import threading
from collections.abc import Callable
from typing import Any, TypeVar

Result = TypeVar("Result")
Tell = Callable[..., None]


def run(
    work: Callable[[Tell], Result],
    *,
    tell: Callable[..., object],
    done: Callable[[Callable[[], Result]], object],
) -> None:
    """Do work that takes seconds, so that other clicks are answered meanwhile.

    Where no event loop runs, as in a script, the work is done at once.

    Parameters
    ----------
    work
        What is done. It touches no widget; it is given what tells how far it is.
    tell
        Shows how far it is; called in the loop.
    done
        Called in the loop at the end, with what returns the result or raises what went wrong.
    """
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        done(_outcome(work, tell))
        return

    def later(call: Callable[..., object], *values: Any) -> None:
        if not loop.is_closed():  # else the page is gone, and nobody waits
            loop.call_soon_threadsafe(call, *values)

    def all_of_it() -> None:
        later(done, _outcome(work, lambda *values: later(tell, *values)))

    # A daemon: a page that is closed meanwhile does not wait for it.
    threading.Thread(target=all_of_it, name="tmjkit-work", daemon=True).start()


def _outcome(work: Callable[[Tell], Result], tell: Callable[..., object]) -> Callable[[], Result]:
    def say(*values: Any) -> None:
        tell(*values)

    try:
        result = work(say)
    except Exception as error:  # of whatever kind: it is raised again where it can be shown
        return _raising(error)
    return lambda: result


def _raising(error: Exception) -> Callable[[], Any]:
    def again() -> Any:
        raise error

    return again
