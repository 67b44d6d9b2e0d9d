"""Writes a letter as one HTML file that needs nothing else and asks nobody for anything."""

import unicodedata
from functools import singledispatch
from html import escape

from tmjkit.letters.layout import (
    SIGNATURE,
    SIGNED_ON,
    WATERMARK,
    column_widths,
    glued,
    is_small,
    kept_together,
)
from tmjkit.letters.letter import (
    Address,
    Blank,
    Block,
    BulletList,
    Enclosures,
    Heading,
    Letter,
    Paragraph,
    Quote,
    Reference,
    Run,
    Runs,
    Signature,
    Table,
)

_STYLE = """
@page { size: letter; margin: 0.9in 1in;
  @bottom-center { content: "Page " counter(page) " of " counter(pages);
    font: 9pt "Liberation Sans", Arial, sans-serif; color: #444; } }
html { background: #eceef1; }
body { margin: 0; color: #111; background: #eceef1;
  font: 11pt/1.42 "Liberation Serif", "Times New Roman", Times, serif; }
main { position: relative; box-sizing: border-box; max-width: 8.5in; margin: 1.5rem auto;
  padding: 0.9in 1in; background: #fff; box-shadow: 0 1px 6px rgb(0 0 0 / 25%); }
h1, h2, th, .reference dt, .blank .label, .rule {
  font-family: "Liberation Sans", Arial, sans-serif; }
h1 { font-size: 17pt; line-height: 1.2; margin: 1.4em 0 0.6em; }
h2 { font-size: 12pt; margin: 1.5em 0 0.4em; padding-bottom: 0.15em;
  border-bottom: 0.75pt solid #555; }
h3 { font-size: 11pt; margin: 1.2em 0 0.3em; }
h1, h2, h3, .keep { break-after: avoid; }
p, ul, ol, blockquote { margin: 0 0 0.65em; orphans: 2; widows: 2; overflow-wrap: anywhere; }
li { margin-bottom: 0.25em; }
ul, ol { padding-left: 1.4em; }
.address { font-style: normal; margin: 0 0 1.3em; }
.address.sender { border-bottom: 1.5pt solid #222; padding-bottom: 0.5em; }
.address.sender span:first-child { font: bold 13pt "Liberation Sans", Arial, sans-serif; }
.address span { display: block; }
.reference { display: grid; grid-template-columns: max-content 1fr; gap: 0.1em 1.2em;
  margin: 0 0 1.2em; padding: 0.6em 0.8em; background: #f3f4f6; border-left: 3pt solid #555; }
.reference dt { font-size: 9.5pt; line-height: 1.65; color: #333; }
.reference dd { margin: 0; overflow-wrap: anywhere; }
blockquote { margin-left: 0; padding-left: 0.9em; border-left: 3pt solid #888; }
.scroll { overflow-x: auto; margin: 0.3em 0 1em; }
table { width: 100%; border-collapse: collapse; table-layout: fixed; font-size: 9.5pt;
  line-height: 1.3; }
th, td { padding: 0.35em 0.45em; text-align: left; vertical-align: top;
  border-bottom: 0.5pt solid #999; overflow-wrap: break-word; hyphens: auto; }
th { font-size: 8.5pt; background: #f3f4f6; border-bottom: 1pt solid #333; hyphens: manual; }
thead { display: table-header-group; }
tr, .small { break-inside: avoid; }
.blank { margin: 0.4em 0 1em; padding: 0.5em 0.7em; border: 1pt solid #444;
  break-inside: avoid; }
.blank p { margin: 0 0 0.2em; }
.blank .label { font-weight: bold; font-size: 10pt; }
.blank .prompt { font-style: italic; font-size: 9.5pt; color: #444; }
.line { height: 1.7em; border-bottom: 0.5pt solid #888; }
.signature { margin-top: 1em; break-inside: avoid; }
.signature .rules { display: grid; grid-template-columns: 3fr 1fr; gap: 2em; margin-bottom: 0.8em; }
.signature .rule { padding-top: 0.2em; margin-top: 3.2em; border-top: 0.75pt solid #222;
  font-size: 8.5pt; }
.signature span.entry { display: block; }
mark { background: #ffe08a; color: #111; padding: 0 0.15em; font-weight: bold; }
a { color: inherit; text-decoration: none; border-bottom: 0.75pt dotted #555; }
a:focus-visible { outline: 2px solid #0b57d0; }
.draft::before { content: "WATERMARK"; position: fixed; inset: 0; z-index: 1; display: grid;
  place-items: center; pointer-events: none; transform: rotate(-38deg); opacity: 0.11;
  font: bold 130pt "Liberation Sans", Arial, sans-serif; }
@media print { html, body { background: none; }
  main { max-width: none; margin: 0; padding: 0; box-shadow: none; }
  .scroll { overflow: visible; } a { border: 0; } }
@media (max-width: 40rem) { main { padding: 1rem; margin: 0; } table { min-width: 36rem; } }
""".replace("WATERMARK", WATERMARK)


def to_html(letter: Letter) -> str:
    """Return the letter as a complete HTML page with its style inside."""
    keep = kept_together(letter.blocks)
    body = "\n".join(
        f'<div class="keep">{_block(block)}</div>' if sticky else _block(block)
        for block, sticky in zip(letter.blocks, keep, strict=True)
    )
    draft = ' class="draft"' if letter.draft else ""
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(letter.language)}">\n<head>\n'
        '<meta charset="utf-8">\n'
        '<meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{escape(letter.title)}</title>\n<style>{_STYLE}</style>\n</head>\n"
        f"<body{draft}>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )


def right_to_left(text: str) -> bool:
    """Tell whether text holds letters of a script that runs from right to left."""
    return any(unicodedata.bidirectional(char) in ("R", "AL") for char in text)


def _run(run: Run) -> str:
    html = escape(glued(run.text))
    if right_to_left(run.text):
        html = f"<bdi>{html}</bdi>"
    if run.exhibit:
        html = f'<a href="#exhibit-{run.exhibit}">{html}</a>'
    if run.italic:
        html = f"<em>{html}</em>"
    if run.bold:
        html = f"<strong>{html}</strong>"
    return f"<mark>{html}</mark>" if run.gap else html


def _inline(runs: Runs) -> str:
    return "".join(_run(run) for run in runs)


@singledispatch
def _block(block: Block) -> str:
    raise TypeError(type(block).__name__)


@_block.register
def _(block: Heading) -> str:
    return f"<h{block.level}>{_inline(block.runs)}</h{block.level}>"


@_block.register
def _(block: Paragraph) -> str:
    return f"<p>{_inline(block.runs)}</p>"


@_block.register
def _(block: Quote) -> str:
    inside = "".join(f"<p>{_inline(runs)}</p>" for runs in block.paragraphs)
    return f"<blockquote>{inside}</blockquote>"


@_block.register
def _(block: BulletList) -> str:
    tag = "ol" if block.ordered else "ul"
    items = "\n".join(f"<li>{_inline(runs)}</li>" for runs in block.items)
    return f"<{tag}>\n{items}\n</{tag}>"


@_block.register
def _(block: Table) -> str:
    columns = "".join(f'<col style="width: {share * 100:.1f}%">' for share in column_widths(block))
    head = "".join(f'<th scope="col">{_inline(cell)}</th>' for cell in block.head)
    rows = "\n".join(
        f"<tr>{''.join(f'<td>{_inline(cell)}</td>' for cell in row)}</tr>" for row in block.rows
    )
    small = " small" if is_small(block) else ""
    # A table wider than a telephone scrolls, and can be scrolled with the keyboard.
    return (
        f'<div class="scroll{small}" tabindex="0" role="group" aria-label="Table"><table>'
        f"<colgroup>{columns}</colgroup>\n"
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody></table></div>"
    )


@_block.register
def _(block: Address) -> str:
    lines = "".join(f"<span>{_inline(runs)}</span>" for runs in block.lines)
    return f'<p class="address {block.role}">{lines}</p>'


@_block.register
def _(block: Reference) -> str:
    rows = "\n".join(
        f"<dt>{escape(term)}</dt><dd>{_inline(runs)}</dd>" for term, runs in block.rows
    )
    return f'<dl class="reference">\n{rows}\n</dl>'


@_block.register
def _(block: Blank) -> str:
    prompt = f'<p class="prompt">{_inline(block.prompt)}</p>' if block.prompt else ""
    room = '<div class="line"></div>' * block.lines
    return f'<div class="blank"><p class="label">{_inline(block.label)}</p>{prompt}{room}</div>'


@_block.register
def _(block: Signature) -> str:
    lines = "".join(f'<span class="entry">{_inline(runs)}</span>' for runs in block.lines)
    return (
        f'<div class="signature"><div class="rules"><div class="rule">{SIGNATURE}</div>'
        f'<div class="rule">{SIGNED_ON}</div></div><p>{lines}</p></div>'
    )


@_block.register
def _(block: Enclosures) -> str:
    items = "\n".join(
        f'<li id="exhibit-{label}">{_inline(runs)}</li>' for label, runs in block.items
    )
    return f"<ul>\n{items}\n</ul>"
