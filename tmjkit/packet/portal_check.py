"""Says what of a packet does not pass a portal, before somebody uploads it in vain."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath

from tmjkit.case import AuthorizationRequest, Benefit, Case, Determination
from tmjkit.knowledge import Confidence
from tmjkit.packet.model import Packet
from tmjkit.packet.portal_split import PartFile, split
from tmjkit.packet.portals import Portal, PortalError, Refusal
from tmjkit.rules import coverage_of

_VENDORS = ("evicore", "carelon", "aim specialty")
_DRUG_CODES = ("J", "Q")


@dataclass(frozen=True, slots=True)
class PortalProblem:
    """What does not fit, and what to do.

    Parameters
    ----------
    what, instead
        What is so and what would be right, in plain words and without a word of a document.
    stops
        Whether the portal refuses it; else it is something to look at or to ask.
    """

    what: str
    instead: str
    stops: bool = True


def check(
    packet: Packet, portal: Portal, *, case: Case | None = None, about: str = ""
) -> tuple[PortalProblem, ...]:
    """Return what of a packet does not pass a portal.

    Parameters
    ----------
    packet
        The packet, whole: it is cut as `split` would cut it.
    portal
        The portal.
    case
        The case; with it is said whether the portal takes this kind of determination.
    about
        Id of the denial that the letter is about (`Letter.about_id`).
    """
    try:
        files = split(packet, portal)
    except PortalError as error:
        files = ()
        found = [PortalProblem(str(error), "The rest could not be checked.")]
    else:
        found = list(_limits(packet, portal, files))
    found += _separate(packet, portal)
    found += _refused(portal, case, about)
    if portal.black_and_white:
        from tmjkit.packet.fax import legibility  # noqa: PLC0415 -- renders pages

        found += legibility(packet.pdf)
    found += [
        PortalProblem(f"a limit of this portal is not confirmed: {item.says}", "Ask the payer.",
                      stops=False)
        for item in portal.sources
        if item.confidence is Confidence.MEMORY
    ]  # fmt: skip
    found += [PortalProblem(note, "", stops=False) for note in portal.notes]
    return tuple(found)


def _limits(packet: Packet, portal: Portal, files: tuple[PartFile, ...]) -> Iterator[PortalProblem]:
    count = len(files) + len(packet.left_out)
    if portal.most_files is not None and count > portal.most_files:
        separate = (
            f" with those sent separately ({len(packet.left_out)})" if packet.left_out else ""
        )
        yield PortalProblem(
            f"the packet needs {count} files{separate}, and the portal takes {portal.most_files}",
            "Scan large exhibits again in black and white, or leave out what the letter does not "
            "need; otherwise send it by fax or mail.",
        )
    total = sum(len(file.data) for file in files)
    if portal.most_bytes_in_all is not None and total > portal.most_bytes_in_all:
        yield PortalProblem(
            f"the packet has {total / 1e6:.1f} MB in all, and the portal takes "
            f"{portal.most_bytes_in_all / 1e6:.0f} MB",
            "Scan large exhibits again in black and white, or send it by fax or mail.",
        )
    for file in files:
        if portal.least_bytes is not None and len(file.data) < portal.least_bytes:
            yield PortalProblem(
                f"{file.name} has {len(file.data)} bytes, and the portal wants at least "
                f"{portal.least_bytes}",
                "Send it together with another part.",
            )
    if portal.types and ".pdf" not in portal.types:
        yield PortalProblem("the portal does not take PDF files", "Print the packet and mail it.")
    if len(files) > 1:
        yield PortalProblem(
            f"the packet is cut into {len(files)} files",
            "Upload all of them, in order.",
            stops=False,
        )
    if portal.black_and_white and portal.most_pages is None:
        yield PortalProblem(
            f"the fax has {packet.pages} pages",
            "Ask whether the payer's machine takes so many at once.",
            stops=False,
        )


def _separate(packet: Packet, portal: Portal) -> Iterator[PortalProblem]:
    """Yield what is said of the exhibits that are not in the packet."""
    for item in packet.left_out:
        ending = PurePath(item.title).suffix.lower()
        where = f"exhibit {item.label} ({item.document_id})"
        if portal.types and ending and ending not in portal.types:
            yield PortalProblem(
                f"{where} is sent separately, and the portal does not take {ending} files",
                "Print it to a PDF and add that in its place.",
            )
        elif portal.black_and_white:
            what = f"{where} is sent separately, and can't be faxed as it is"
            yield PortalProblem(what, "Print it to a PDF and add that in its place.")
        else:
            yield PortalProblem(f"{where} is sent separately", "Upload it too.", stops=False)


def _refused(portal: Portal, case: Case | None, about: str) -> Iterator[PortalProblem]:
    """Yield which determinations the portal does not take, those of this case first."""
    denial = _denial(case, about)
    for item in sorted(portal.refuses, key=lambda entry: not _meets(entry, case, denial)):
        if _meets(item, case, denial):
            what = f"this portal does not take {item.what}, and this looks like one"
            yield PortalProblem(what, item.instead)
        elif item.when == "ask" or case is None:
            what = f"this portal does not take {item.what}"
            yield PortalProblem(what, item.instead, stops=False)


def _denial(case: Case | None, about: str) -> Determination | None:
    found = [item for item in case.determinations if item.id == about] if case else []
    return found[0] if found else None


def _meets(item: Refusal, case: Case | None, denial: Determination | None) -> bool:
    if case is None or denial is None:
        return False
    asked = next((found for found in case.requests if found.id == denial.about_id), None)
    if not isinstance(asked, AuthorizationRequest):
        return False
    coverage = coverage_of(case, denial)
    match item.when:
        case "pharmacy":
            return coverage is not None and coverage.benefit is Benefit.PHARMACY
        case "drug-request":
            return any(line.code.startswith(_DRUG_CODES) for line in asked.lines)
        case "vendor":
            words = f"{denial.decided_by} {coverage.payer if coverage else ''}".casefold()
            return any(vendor in words for vendor in _VENDORS)
    return False
