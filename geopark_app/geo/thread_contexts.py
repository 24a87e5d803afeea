"""Keeps what PROJ made on a thread of a pool, without loading PROJ where nobody asked for it."""

import sys

_held: list[object] = []


def keep_context_of_thread() -> None:
    """Keep the PROJ context a task made on this thread; call it at the end of every task.

    WORKAROUND for pyproj 3.7, as `geo.crs.hold_context`: whatever the task called, also what
    forgot to hold the context, the next task on this thread finds it alive.
    """
    module = sys.modules.get("pyproj._context")
    manager = module.get_context_manager() if module is not None else None
    if manager is not None and manager not in _held:
        _held.append(manager)
