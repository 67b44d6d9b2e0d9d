"""The words of each form of a letter, read back from the file."""

import html
import io
import re

import docx
import pypdf

from tmjkit.letters import Letter
from tmjkit.letters.layout import labels


def tokens(text: str) -> list[str]:
    """Return the words and numbers of a text, without the marks around them."""
    return re.findall(r"[^\W_]+", text)


def words_of_markdown(text: str, *, numbers: bool = False) -> list[str]:
    """Return the words; the numbers of a list are text in some forms and not in others."""
    if not numbers:
        text = re.sub(r"(?m)^\d+\. ", "", text)
    return tokens(re.sub(r"\\(.)", r"\1", text))


def words_of_html(page: str) -> list[str]:
    body = page.split("<body", 1)[1].split(">", 1)[1]
    return tokens(html.unescape(re.sub(r"<[^>]+>", " ", body)))


def words_of_docx(data: bytes) -> list[str]:
    body = docx.Document(io.BytesIO(data)).element.body
    parts = []
    for element in body.iter():
        tag = element.tag.rpartition("}")[2]
        if tag == "t":
            parts.append(element.text or "")
        elif tag in ("p", "br", "tab"):
            parts.append("\n")
    return tokens("".join(parts))


def pages_of_pdf(data: bytes, letter: Letter) -> list[str]:
    """Return the text of each page without its footer and watermark; each has to have a footer."""
    words = labels(letter.language)
    before, between, after = (re.escape(part) for part in words.page)
    footer = re.compile(rf"{re.escape(letter.footer)}\s*{before}\d+{between}\d+{after}")
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages]
    assert all(footer.search(page) for page in pages)
    texts = [footer.sub("", page) for page in pages]
    return [text.replace(f"{words.watermark}\n", "", 1) if letter.draft else text for text in texts]
