"""What is played. Each scenario has the assemblies of one example, and an account of its own."""

from __future__ import annotations

from collections.abc import Callable

from harness.stage import Stage

from . import blue_green, controls, two_stacks

#: By name: the example whose days it plays, and the play.
SCENARIOS: dict[str, tuple[str, Callable[[Stage], None]]] = {
    **{name: ("blue-green", play) for name, play in blue_green.SCENARIOS.items()},
    **{name: ("two-stacks", play) for name, play in two_stacks.SCENARIOS.items()},
    **{f"control: {name}": ("blue-green", play) for name, play in controls.SCENARIOS.items()},
}
