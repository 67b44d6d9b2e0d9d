"""What is taken of the files that people choose, and in which words the others are refused."""

import datetime as dt
import io
import json
import re
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfWriter

from tmjkit.dashboards.desk import Desk
from tmjkit.dashboards.sealed_file import SealedWriter
from tmjkit.dashboards.upload import UPLOADS, Upload, told_name
from tmjkit.dashboards.upload_check import (
    LIMIT_BYTES,
    NAMES,
    PAPERS,
    UploadedFile,
    UploadRefused,
    checked,
    plain_name,
)

EVERYTHING = tuple(NAMES)
SECRET = "Zebulon Quimbytest"


def pdf(password: str = "") -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def picture(kind: str) -> bytes:
    out = io.BytesIO()
    Image.effect_noise((64, 64), 90).convert("RGB").save(out, kind)
    return out.getvalue()


def office(name: str = "[Content_Types].xml") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, "<x/>")
    return out.getvalue()


GOOD = [
    ("a.pdf", pdf(), "application/pdf"),
    ("a.png", picture("PNG"), "image/png"),
    ("a.jpg", picture("JPEG"), "image/jpeg"),
    ("a.tif", picture("TIFF"), "image/tiff"),
    ("a.docx", office(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("a.txt", "Müller, Größe".encode("cp1252"), "text/plain"),
    ("a.json", json.dumps({"resourceType": "Bundle"}).encode(), "application/json"),
]


@pytest.mark.parametrize(("name", "data", "kind"), GOOD)
def test_good_files_are_taken_for_what_they_are(name: str, data: bytes, kind: str) -> None:
    assert checked(name, data, EVERYTHING) == UploadedFile(name, data, kind)
    others = tuple(one for one in EVERYTHING if one != kind)
    with pytest.raises(UploadRefused, match=r"Here .* is taken"):
        checked(name, data, others)


def test_the_content_decides_and_not_the_name() -> None:
    assert checked("letter.docx", pdf(), PAPERS).media_type == "application/pdf"


HEIC = b"\x00\x00\x00\x18ftypheic" + bytes(40)
BAD = [
    ("a.pdf", b"", "empty"),
    ("a.pdf", b"%PDF-1.7 and nothing more", "damaged"),
    ("a.pdf", pdf("secret"), "without a password"),
    ("a.jpg", picture("JPEG")[:400], "damaged"),
    ("a.png", picture("PNG")[:-200], "damaged"),
    ("a.tif", picture("TIFF")[:50], "damaged"),
    ("a.heic", HEIC, "HEIC"),
    ("a.jpg", HEIC, "Save it as JPEG"),
    ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "old kind"),
    ("a.docx", office()[:-30], "damaged"),
    ("a.docx", office("other.xml"), "damaged"),
    ("a.zip", office(), "should be a PDF"),
    ("a.exe", b"MZ\x00\x01" + bytes(100), "should be a PDF"),
    ("a.json", b'{"resourceType": ', "damaged"),
    ("a.json", b"[" * 100_000, "damaged"),
    ("a.txt", b"x" * 2000, "larger than 1 KB"),
]


@pytest.mark.parametrize(("name", "data", "words"), BAD)
def test_other_files_are_refused_with_what_would_be_right(
    name: str, data: bytes, words: str
) -> None:
    limit = 1024 if "1 KB" in words else 10**9
    with pytest.raises(UploadRefused, match=words) as refused:
        checked(name, data, EVERYTHING, limit)
    assert refused.value.__cause__ is None


def test_a_picture_that_would_fill_the_memory_is_refused() -> None:
    out = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(out, "PNG")
    with pytest.raises(UploadRefused, match="too many pixels"):
        checked("a.png", out.getvalue(), EVERYTHING)


@given(st.binary(max_size=300), st.sampled_from(["a.pdf", "a.docx", "a.json", "a", "…", ""]))
def test_whatever_comes_is_taken_or_refused(data: bytes, name: str) -> None:
    try:
        file = checked(name, data, EVERYTHING)
    except UploadRefused:
        return
    assert file.data == data
    assert file.media_type in EVERYTHING


@given(st.text())
def test_a_name_is_a_plain_name(name: str) -> None:
    plain = plain_name(name)
    assert plain
    assert "/" not in plain
    assert "\\" not in plain
    assert len(plain) <= 200
    assert plain.isprintable() or any(one.isspace() for one in plain)


def test_folders_and_unseen_characters_leave_a_name() -> None:
    assert plain_name("C:\\fakepath\\re\u202eport\x00.pdf") == "report.pdf"
    assert plain_name("../../etc/passwd") == "passwd"
    assert plain_name("x" * 500 + ".docx")[-5:] == ".docx"


# The kernel's end


class Served:
    """A field as it is under our server, with what its page's script does."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.taken: list[UploadedFile] = []
        self.raises: Exception | None = None
        self.desk = Desk()
        self.upload = Upload(self.desk, "Denial <letter>", self.take, accept=PAPERS)
        self.field, self.told, self.answer = self.upload.widget.children

    def take(self, file: UploadedFile) -> None:
        if self.raises:
            raise self.raises
        self.taken.append(file)

    def send(self, data: bytes, called: str, key: bytes = bytes(32)) -> str:
        name = f"{len(called):032x}"
        writer = SealedWriter(self.folder / name, bytes(32))
        writer.write(data)
        writer.close(whole=True)
        self.told.value = json.dumps({"name": name, "key": key.hex(), "file": called})
        answer: str = self.answer.value
        assert name in answer
        assert not list(self.folder.iterdir()), "it is deleted whatever comes"
        assert self.told.value == "", "the key stays nowhere"
        return answer


@pytest.fixture
def served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Served:
    """Make a field with the folder of a server."""
    folder = tmp_path / "uploads"
    folder.mkdir()
    monkeypatch.setenv(UPLOADS, str(folder))
    return Served(folder)


def test_a_file_that_arrived_is_taken_and_deleted(served: Served) -> None:
    assert "re &lt;b&gt;.pdf: taken" in served.send(pdf(), "re <b>.pdf")
    assert [(file.name, file.media_type) for file in served.taken] == [
        ("re <b>.pdf", "application/pdf")
    ]
    assert "Denial &lt;letter&gt;" in served.field.value
    assert "250 MB" in served.field.value


def test_what_cannot_be_taken_is_told_and_deleted(served: Served) -> None:
    assert "HEIC" in served.send(HEIC, "a.jpg")
    assert "did not arrive whole" in served.send(pdf(), "b.pdf", key=bytes([1] * 32))
    assert served.taken == []


def test_an_error_behind_a_field_is_a_number(
    served: Served, caplog: pytest.LogCaptureFixture
) -> None:
    served.raises = RuntimeError(SECRET)
    answer = served.send(pdf(), f"{SECRET}.txt".replace(".txt", ".pdf"))
    assert "report it with the number" in answer
    assert SECRET not in caplog.text
    served.raises = UploadRefused("this paper is in the case already.")
    assert "in the case already" in served.send(pdf(), "again.pdf")


@pytest.mark.parametrize(
    "told",
    [
        "x",
        "[]",
        "null",
        '{"name": "../../etc/passwd", "key": "00", "file": "x"}',
        json.dumps({"name": "../" + "0" * 29, "key": "0" * 64, "file": "x"}),
        json.dumps({"name": "0" * 32, "key": "0" * 64, "file": "x"}),
        json.dumps({"name": "0" * 32, "key": "0" * 63, "file": 3}),
    ],
)
def test_a_script_can_make_it_read_no_other_file(served: Served, told: str) -> None:
    other = served.folder.parent / ("0" * 29)
    other.write_text("stays")
    served.told.value = told
    assert "was not taken" in served.answer.value
    assert other.read_text() == "stays"
    assert served.taken == []
    assert "/" not in told_name(told)[0]


def test_in_jupyterlab_the_ordinary_widget_says_its_limit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv(UPLOADS, raising=False)
    taken: list[UploadedFile] = []
    upload = Upload(Desk(), "Letter", taken.append, accept=PAPERS, limit_bytes=20 * 1024 * 1024)
    chooser, answer = upload.widget.children
    assert chooser.description == "Letter (up to 20 MB)"
    file = {
        "name": "a.pdf",
        "content": memoryview(pdf()),
        "type": "application/pdf",
        "size": 1,
        "last_modified": dt.datetime.now(dt.UTC),
    }
    bad = {**file, "name": "b.pdf", "content": memoryview(b"%PDF-")}
    chooser.value = ({**file}, bad)
    assert [one.name for one in taken] == ["a.pdf"]
    assert "a.pdf: taken" in answer.value
    assert "b.pdf was not taken" in answer.value


@pytest.mark.parametrize("place", ["deploy/nginx.conf", "docs/serving.md"])
def test_a_proxy_in_front_lets_the_largest_file_through(place: str) -> None:
    written = (Path(__file__).parents[2] / place).read_text()
    megabytes = [int(one) for one in re.findall(r"client_max_body_size (\d+)m;", written)]
    assert megabytes
    # Above it, so that the refusal of a larger one comes from tmjkit, in words.
    assert min(megabytes) * 1024 * 1024 > LIMIT_BYTES
