"""`tmjkit response`: what the scores mean, and what they did around each treatment."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tmjkit.cli.files import suffix_of, write_private
from tmjkit.cli.library import KnowledgeOption, library_of
from tmjkit.cli.say import say, show_json
from tmjkit.cli.workspace import (
    DEFAULT,
    CaseArgument,
    JsonOption,
    TodayOption,
    WorkspaceOption,
    day,
    load_case,
    open_workspace,
)

if TYPE_CHECKING:
    from tmjkit.rules.instruments import Score
    from tmjkit.rules.response import CaseResponse, Episode


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command(epilog="Example: tmjkit response CASE --chart response.svg")(response)


def response(
    case: CaseArgument,
    workspace: WorkspaceOption = DEFAULT,
    chart: Annotated[
        Path | None, typer.Option("--chart", help="Chart to write: .svg, .png or .pdf.")
    ] = None,
    knowledge: KnowledgeOption = None,
    today: TodayOption = None,
    *,
    as_json: JsonOption = False,
) -> None:
    """Tell what the scores come to, and what they did around injections and treatments."""
    from tmjkit.rules.instruments import score
    from tmjkit.rules.response import response as respond

    ending = suffix_of(chart, ("svg", "png", "pdf")) if chart else ""
    found, now = load_case(open_workspace(workspace), case), day(today)
    scores = [
        score(item)
        for item in found.jaw_questionnaires
        if item.date is None or item.date.earliest <= now
    ]
    facts = library_of(workspace, knowledge).facts
    result = respond(found, now, knowledge=facts)
    if chart is not None:
        from tmjkit.charts import response_chart

        drawn = response_chart(found, today=now, knowledge=facts)
        make = {"svg": lambda: drawn.svg().encode(), "png": drawn.png, "pdf": drawn.pdf}
        write_private(chart, make[ending]())
    if as_json:
        show_json({"scores": [item.as_json() for item in scores], "response": result.as_json()})
    else:
        for line in _lines(scores, result):
            say(line)
    if chart is not None:
        # With --json the standard output is for another program.
        say(str(chart), err=as_json)


def _lines(scores: "list[Score]", result: "CaseResponse") -> Iterator[str]:
    from tmjkit.rules.instruments import score_words

    if scores:
        yield "Questionnaires"
        for item in sorted(scores, key=lambda item: str(item.date or "9999")):
            when = item.date.words() if item.date else "no date"
            yield f"  {when}: {item.form.label}: {score_words(item)}"
            for note in item.notes:
                yield f"      {note}"
    for title, some in (
        ("Injection sessions", result.sessions),
        ("Other treatments", result.treatments),
    ):
        compared = [item for item in some if any(item.judged(scale) for scale in item.scales)]
        # A session is shown in any case: that nothing was measured matters.
        shown = some if title.startswith("Injection") else tuple(compared)
        if some:
            yield title
        for episode in shown:
            yield from _episode(episode)
        rest = [item.label for item in some if item not in shown]
        if rest:
            yield f"  No score before and after: {'; '.join(dict.fromkeys(rest))}"
    if not scores and not result.episodes:
        yield "No questionnaire, no injection session and no treatment with a date is recorded."
    for words in result.left_out:
        yield f"Not used: {words}"


def _episode(episode: "Episode") -> Iterator[str]:
    from tmjkit.rules.response.words import (
        change_words,
        interval_words,
        other_words,
        verdict_words,
        wear_off_words,
    )

    yield f"  {episode.start.words()}: {episode.label}"
    if interval := interval_words(episode):
        yield f"      {interval}"
    pairs = [(scale, episode.judged(scale)) for scale in episode.scales]
    for scale, pair in pairs:
        if pair is not None:
            yield f"      {scale.scale.label}: {change_words(pair)}"
            lines = verdict_words(pair)
            # Of another treatment the smallest change is enough; --json has the others too.
            for line in lines if episode.session else lines[:1]:
                yield f"          {line}"
    if episode.session and not any(pair for _, pair in pairs):
        yield "      No score before it and 2 to 12 weeks after it"
    if episode.wear_off:
        yield f"      Effect: {wear_off_words(episode.wear_off)}"
    for other in episode.others:
        yield f"      {other_words(other)}"
    for note in episode.notes:
        yield f"      {note}"
    if episode.unsure and (pairs or episode.session):
        yield (
            "      Values that may lie before or after, as a date is not exact: "
            f"{len(episode.unsure)}"
        )
