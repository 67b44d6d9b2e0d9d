"""What the models of the pages have in common.

A model holds the state of a part of a page and what can be done with it. It imports no widgets,
so that it is tested without a browser and used from a notebook; a view only shows it and passes
on what people do. Traits that are tagged `state=True` are what people typed or chose.
"""

from typing import Any

from traitlets import HasTraits


class Model(HasTraits):
    """State of a part of a page."""

    def state(self) -> dict[str, Any]:
        """Return what was typed or chosen, as what JSON can hold."""
        return {name: getattr(self, name) for name in self.trait_names(state=True)}

    def load_state(self, state: dict[str, Any]) -> None:
        """Take up what `state` returned before; names it doesn't know are left alone."""
        known = set(self.trait_names(state=True))
        with self.hold_trait_notifications():
            for name, value in state.items():
                if name in known:
                    setattr(self, name, value)

    def blockers(self) -> tuple[str, ...]:
        """Return the reasons why the next step can't be taken; empty when it can."""
        return ()
