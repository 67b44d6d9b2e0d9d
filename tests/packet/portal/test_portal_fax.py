"""What a fax would make unreadable is told by page, and good pages are not."""

from datetime import date

import pytest
import typst

from tmjkit import examples
from tmjkit.letters import compose
from tmjkit.packet import assemble
from tmjkit.packet.fax import legibility

WORDS = "The patient reports less pain in the jaw after the injections of February. " * 30


def page(body):
    setup = "#set page(width: 612pt, height: 792pt, margin: 72pt)\n"
    return typst.compile((setup + body).encode(), timestamp=0, pdf_tags=False)


def told(body):
    return [item.what for item in legibility(page(body))]


def scan(dots):
    """Return a page that is one gray picture of that many dots to the inch."""
    import io

    from PIL import Image, ImageDraw

    picture = Image.new("L", (int(8.5 * dots), 11 * dots), 255)
    drawn = ImageDraw.Draw(picture)
    for row in range(dots, 10 * dots, dots // 3):
        drawn.rectangle((dots, row, 7 * dots, row + dots // 12), fill=0)
    buffer = io.BytesIO()
    picture.save(buffer, "PDF", resolution=dots)
    return buffer.getvalue()


@pytest.mark.parametrize("color", ["black", 'rgb("#444444")', 'rgb("#0b3d91")', 'rgb("#7a1f1f")'])
def test_dark_print_is_legible(color):
    assert told(f"#set text(size: 10pt, fill: {color})\n{WORDS}") == []


@pytest.mark.parametrize("color", ['rgb("#b5b5b5")', 'rgb("#ffcc33")', 'rgb("#9fd3ff")'])
def test_light_and_colored_print_is_told(color):
    [what] = told(f"#set text(size: 10pt, fill: {color})\n{WORDS}")
    assert what == "packet page 1: light or colored print vanishes in black and white"


def test_one_light_paragraph_among_dark_ones_is_told():
    body = f'{WORDS}\n\n#text(fill: rgb("#bbbbbb"))[{WORDS}]'
    assert any("light" in what for what in told(body))


def test_shading_and_hairlines_are_no_print():
    body = (
        f'#block(fill: rgb("#d8d8d8"), inset: 12pt)[{WORDS}]\n'
        '#line(length: 100%, stroke: 0.4pt + rgb("#aaaaaa"))\n'
    )
    assert told(body) == []


def test_a_black_page_is_told():
    assert any(
        "mostly black" in what for what in told("#rect(fill: black, width: 100%, height: 95%)")
    )


def test_small_type_is_told():
    assert told(f"#set text(size: 4pt)\n{WORDS}") == ["packet page 1: type smaller than 5.5 points"]
    assert told(f"#set text(size: 7pt)\n{WORDS}") == []


def test_a_coarse_scan_is_told():
    assert any("scan of fewer" in item.what for item in legibility(scan(72)))
    assert not any("scan of fewer" in item.what for item in legibility(scan(200)))


def test_pages_are_gathered():
    body = f'#set text(fill: rgb("#c0c0c0"))\n{WORDS}\n#pagebreak()\n{WORDS}'
    [what] = told(body)
    assert what.startswith("packet pages 1, 2: ")


def test_a_packet_of_the_example_can_be_faxed():
    example = examples.load("medicaid-premature")
    day = date(2026, 11, 23)
    letter = compose("medical-necessity", example.case, today=day, draft=True)
    packet = assemble(letter, example.case, example.documents.__getitem__, today=day)
    found = [item.what for item in legibility(packet.pdf)]
    assert not any("smaller" in what or "scan" in what or "black:" in what for what in found)
