"""What can be chosen in a field of a record's form."""

from tmjkit.case import Case
from tmjkit.dashboards.fields import Field, Kind
from tmjkit.dashboards.record_sources import distinct
from tmjkit.dashboards.words import title_of
from tmjkit.language import translated

Options = tuple[tuple[str, str], ...]
"""Label and code of each choice."""


def options_of(field: Field, case: Case) -> Options:
    """Return the choices of a field, with one for "not known" where it may stay open."""
    if field.kind is Kind.REFERENCE:
        known = [
            (title_of(record), record.id)
            for name in field.targets
            for record in getattr(case, name)
        ]
    else:
        known = [(translated(label), code) for label, code in field.options]
    if field.required:
        # Nothing is chosen beforehand: what nobody chose must not be saved as known.
        return ((translated("Choose …"), ""), *distinct(known))
    if field.default:
        return tuple(distinct(known))
    return ((translated("Not known"), ""), *distinct(known))
