"""The style of a letter's HTML page, which stands in the page itself."""

from typing import Final

from tmjkit.letters.layout import Labels

_STYLE: Final = """
@page { size: letter; margin: 0.9in 1in;
  @bottom-center { content: PAGE;
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
.address.sender > span:first-child { font: bold 13pt "Liberation Sans", Arial, sans-serif; }
.address > span { display: block; }
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
.draft::before { content: WATERMARK; position: fixed; inset: 0; z-index: 1; display: grid;
  place-items: center; pointer-events: none; transform: rotate(-38deg); opacity: 0.11;
  font: bold 130pt "Liberation Sans", Arial, sans-serif; }
@media print { html, body { background: none; }
  main { max-width: none; margin: 0; padding: 0; box-shadow: none; }
  .scroll { overflow: visible; } a { border: 0; } }
@media (max-width: 40rem) { main { padding: 1rem; margin: 0; } table { min-width: 36rem; } }
"""

# The note stands at the bottom of the window, whatever its sentence stands in: there it covers
# nothing that a table's edge would cut, on a telephone as on a wide screen.
_TRACED: Final = """
html { scroll-padding-bottom: 42vh; }
main { padding-bottom: 45vh; }
.hint { margin: 0 0 1.2em; padding: 0.5em 0.8em; border: 1pt solid #0b57d0;
  font: 10pt/1.4 "Liberation Sans", Arial, sans-serif; }
.said { text-decoration: underline dotted #666; text-underline-offset: 0.2em; }
.said:hover, .said:focus { background: #e8f0fe; }
.said:focus-visible { outline: 2px solid #0b57d0; outline-offset: 1px; }
.note { display: none; }
.said:hover + .note, .said:focus + .note, .said:focus-within + .note, tr.said:hover .note,
tr.said:focus .note, tr.said:focus-within .note, .note:hover { display: block; position: fixed;
  z-index: 2; left: 0; right: 0; bottom: 0; max-height: 40vh; overflow: auto;
  box-sizing: border-box; padding: 0.7rem 1rem; color: #fff; background: #1f2937;
  border-top: 3px solid #8ab4f8; font: 10pt/1.45 "Liberation Sans", Arial, sans-serif;
  text-align: left; overflow-wrap: anywhere; }
.said:hover + .note, tr.said:hover .note { z-index: 3; }
.note strong, .note .place { display: block; }
.note .place { margin-top: 0.25em; }
@media print { .note, .hint { display: none !important; }
  main { padding-bottom: 0; } .said { background: none !important; text-decoration: none; } }
"""


def style(words: Labels, *, traced: bool) -> str:
    """Return the style of a page.

    Parameters
    ----------
    words
        The words that the style itself shows: watermark and number of the page.
    traced
        Whether the page shows what its sentences rest on.
    """
    before, between, after = (_quoted(part) for part in words.page)
    page = f"{before} counter(page) {between} counter(pages) {after}"
    css = _STYLE.replace("WATERMARK", _quoted(words.watermark)).replace("PAGE", page)
    return css + _TRACED if traced else css


def _quoted(words: str) -> str:
    escaped = words.replace("\\", "\\\\").replace('"', '\\"').replace("<", "\\3c ")
    return f'"{escaped}"'
