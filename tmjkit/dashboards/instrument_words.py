"""What the answers to a questionnaire come to, in the words that stand beside its form."""

from collections.abc import Mapping, Sequence

from tmjkit.case import ITEMS, QuestionnaireForm
from tmjkit.dashboards.clinical_course import between, change_says, picture, worth_says
from tmjkit.dashboards.instrument_form import InstrumentForm, form_of
from tmjkit.dashboards.markup import Markup, html, join, listing
from tmjkit.knowledge import Fact
from tmjkit.rules.instruments import Score, Subscore
from tmjkit.rules.response import FOLLOWED, CaseResponse, Point, number
from tmjkit.rules.response.scales import SCORED
from tmjkit.rules.section import cited

_SHOWN = 4
_PAIR = 2  # three or more in a row are told as a range
_GRADED = (QuestionnaireForm.GCPS_2, QuestionnaireForm.GCPS_1)


def beside(answers: InstrumentForm, course: CaseResponse, known: Mapping[str, Fact]) -> Markup:
    """Return what stands beside the items: the score, what is missing, and earlier scores."""
    if not answers.chosen:
        return Markup()
    form = form_of(answers.chosen)
    wrong, found = answers.wrong, answers.score
    gaps = [number for number in answers.unanswered if number not in wrong]
    lines = [
        _count(len(answers.items) - len(gaps) - len(wrong), len(answers.items)),
        _left("Not answered", gaps),
        _left("To correct, and not counted", list(wrong)),
        answers.form.errors.get("answers", ""),
    ]
    return html(
        '<div class="tmj-score-card"><h5>Score so far</h5>{}{}{}{}</div>',
        _head(found),
        listing([line for line in lines if line]),
        _about(found, form, known) if found else Markup(),
        _earlier(answers, form, course, known),
    )


def _head(found: Score | None) -> Markup:
    if found is None:
        return html('<p class="tmj-score-none">No answers yet.</p>')
    if found.value is None:
        # Where the form has parts, each of them says what it lacks.
        why = "" if found.parts else f"{found.because[0].upper()}{found.because[1:]}."
        return html(
            '<p class="tmj-score-none"><strong>No score yet.</strong> {}</p>{}', why, _parts(found)
        )
    return html('<p class="tmj-score-value">{}</p>{}', value_says(found), _parts(found))


def value_says(found: Score) -> Markup:
    """Return the score with its largest value or grade, and its word."""
    if found.value is None:
        return html("No score")
    if found.form in _GRADED:
        return html("<strong>{}</strong>", found.word)
    word = html(" <span>{}</span>", found.word) if found.word else Markup()
    return html("<strong>{}</strong> of {}{}", f"{round(found.value, 2):g}", found.maximum, word)


def _parts(found: Score) -> Markup:
    lines = join(
        html("<div><dt>{}</dt><dd>{}</dd></div>", part.label, _part(part)) for part in found.parts
    )
    return html('<dl class="tmj-score-parts">{}</dl>', lines) if found.parts else Markup()


def _part(part: Subscore) -> str:
    if part.value is None:
        return f"none: {part.because}"
    made_up = f" ({part.missing} missing, made up for)" if part.prorated else ""
    return f"{round(part.value, 2):g}{made_up}"


def _count(given: int, count: int) -> str:
    return f"{given} of {count} items answered"


def _left(words: str, numbers: Sequence[int]) -> str:
    if not numbers:
        return ""
    runs: list[list[int]] = []
    for item in numbers:
        if runs and runs[-1][-1] == item - 1:
            runs[-1].append(item)
        else:
            runs.append([item])
    told = [f"{run[0]} to {run[-1]}" if len(run) > _PAIR else _each(run) for run in runs]
    return f"{words}: item{'s' if len(numbers) > 1 else ''} {', '.join(told)}"


def _each(run: Sequence[int]) -> str:
    return ", ".join(str(item) for item in run)


def _about(found: Score, form: QuestionnaireForm, known: Mapping[str, Fact]) -> Markup:
    notes = list(found.notes)
    if found.prorated:
        notes.insert(
            0, "The mean of the answers given stands in for those missing; the scale allows it."
        )
    if found.value is not None and not found.word:
        notes.append("No cut-offs were agreed on for this scale, so the score has no word.")
    sources = [cited(known[name]) for name in found.facts if name in known]
    sources = sources or [ITEMS[form].source]
    return html(
        '{}<p class="tmj-why"><span class="tmj-label">Sources:</span> {}</p>',
        join(html('<p class="tmj-why">{}</p>', note) for note in notes),
        "; ".join(sources),
    )


def _earlier(
    answers: InstrumentForm,
    form: QuestionnaireForm,
    course: CaseResponse,
    known: Mapping[str, Fact],
) -> Markup:
    scale = FOLLOWED[SCORED[form][None]]
    own = answers.form.original.id if answers.form.original else ""
    points = tuple(one for one in course.series(scale.name) if own not in one.records)
    if not points:
        return html('<p class="tmj-why">No earlier score of this questionnaire.</p>')
    return html(
        "<h6>Earlier scores</h6>{}<ul>{}</ul>{}",
        picture(points),
        join(
            html("<li>{}: {}</li>", one.day.words(), number(scale, one.value))
            for one in points[-_SHOWN:]
        ),
        _since(answers, points, known),
    )


def _since(answers: InstrumentForm, points: tuple[Point, ...], known: Mapping[str, Fact]) -> Markup:
    """Say what changed since the last score before the day in the form."""
    found, day = answers.score, answers.day
    if found is None or found.value is None:
        return Markup()
    if day is None:
        return html('<p class="tmj-why">Enter the date to see what changed since.</p>')
    before = [one for one in points if one.day.latest < day.earliest]
    if not before:
        return Markup()
    now = Point(points[0].scale, day, found.value, (), documented=False, computed=True)
    sizes = [fact for fact in known.values() if fact.difference]
    change = between(before[-1], now, sizes)
    worth = worth_says(change)
    return html(
        '<p><span class="tmj-label">Since {}:</span> {}{}.</p>',
        before[-1].day.words(),
        change_says(change),
        f": {worth}" if worth else "",
    )
