"""Where in a case's page something is entered or corrected: list, record, panel."""

from dataclasses import dataclass

from tmjkit.case import Case
from tmjkit.dashboards.words import SECTIONS, title_of


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the page.

    Parameters
    ----------
    panel
        Key of the panel.
    section
        Name of the list of the case.
    record_id
        Id of the record; empty where one has to be added.
    words
        What stands there, for a button.
    """

    panel: str
    section: str
    record_id: str
    words: str


def place_of(case: Case, name: str) -> Place | None:
    """Return the place of a record, by its id, or of a list, by its name.

    None where no panel has it, as for a record that was removed.
    """
    found = next(((section, one) for section, one in case.records() if one.id == name), None)
    section = found[0] if found else name
    if section not in SECTIONS:
        section = f"{section}s" if f"{section}s" in SECTIONS else section
    panel = _panel(section)
    if panel is None:
        return None
    if found is None:
        return Place(panel, section, "", SECTIONS[section][0])
    return Place(panel, section, name, f"{SECTIONS[section][1].capitalize()}: {title_of(found[1])}")


def _panel(section: str) -> str | None:
    from tmjkit.dashboards.panels import PANELS  # noqa: PLC0415 -- the panels are made of views

    return next((one.key for one in PANELS if section in one.holds), None)
