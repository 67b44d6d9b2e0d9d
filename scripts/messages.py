"""Keep the message catalogues in step with what tmjkit says.

    python scripts/messages.py           what is untranslated, obsolete or wrong
    python scripts/messages.py --check   the same, and exit code 1 where there is anything
    python scripts/messages.py --write   put what is untranslated into the file of its area, empty,
                                         and take out what nothing says any more

A message is English in the source and its own key; `templates/locale/LANGUAGE/AREA.po` holds its
translations. A translator fills the empty ones in and runs the check.
"""

import argparse
import io
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po
from catalogues.check import State, read, state_of
from catalogues.sources import ROOT, area_of, messages

FOLDER = ROOT / "templates" / "locale" / "es"
_WIDTH = 100


def main(arguments: list[str] | None = None) -> int:
    """Check or write, and return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="exit 1 where anything is wrong")
    parser.add_argument("--write", action="store_true", help="bring the files in step")
    chosen = parser.parse_args(arguments)
    state = state_of(messages(), read(FOLDER))
    if chosen.write:
        for path in write(FOLDER, state):
            print(f"wrote {path.name}")
        state = state_of(messages(), read(FOLDER))
    for line in state.lines:
        print(line)
    print(f"{len(messages())} messages, {len(state.untranslated)} untranslated")
    return 1 if chosen.check and state.lines else 0


def write(folder: Path, state: State) -> list[Path]:
    """Bring the files in step: only those with something to add or to take out are written."""
    catalogues = read(folder)
    changed: set[str] = set()
    for name, obsolete in state.obsolete.items():
        for words in obsolete:
            catalogues[name].delete(words)
        changed.add(name)
    for message in state.untranslated:
        name = f"{area_of(message)}.po"
        catalogue = catalogues.setdefault(name, _new(folder.name))
        forms = message.forms
        catalogue.add(forms if len(forms) > 1 else forms[0], locations=[(message.places[0], None)])
        changed.add(name)
    written = []
    for name in sorted(changed):
        file = io.BytesIO()
        write_po(file, catalogues[name], width=_WIDTH, include_lineno=False, omit_header=False)
        path = folder / name
        path.write_bytes(file.getvalue())
        written.append(path)
    return written


def _new(language: str) -> Catalog:
    return Catalog(locale=language, project="tmjkit", charset="utf-8", fuzzy=False)


if __name__ == "__main__":
    sys.exit(main())
