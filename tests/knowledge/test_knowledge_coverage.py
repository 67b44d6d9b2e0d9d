"""Every row of the collected facts on payers, evidence, label, letters and privacy is carried.

The rows are named here as the collection names them, each with the facts that carry it; what is
left out says why.
"""

import re
from time import perf_counter

import pytest

from tmjkit.knowledge import ERISA, Confidence, FactKind, cites_erisa, collection, facts

PAYERS = {
    "Aetna CPB 0113": ("D-AETNA-0113",),
    "Aetna CPB 0028": ("D-AETNA-0028",),
    "UnitedHealthcare Botulinum Toxins A and B": ("D-UHC-BOTULINUM", "D-UHC-BOTULINUM-UNPROVEN"),
    "UnitedHealthcare MA MCS025.02": ("D-UHC-MA-TMJ",),
    "Anthem CC-0032": ("D-ANTHEM-CC0032", "D-ANTHEM-CC0032-TMD"),
    "Cigna botulinum drug policy": ("D-CIGNA-BOTULINUM", "D-CIGNA-0156"),
    "eviCore CMM-205": ("D-EVICORE-CMM205", "D-EVICORE-DRUG"),
    "HCSC RX501.019": ("D-HCSC-RX501019",),
    "BCBSA 2.01.21 and 5.01.05": ("D-BCBSA-20121", "D-BCBSA-50105"),
    "BCBS NC": ("D-BCBSNC-TMJD", "D-BCBSNC-PRODUCTS"),
    "BCBS MN II-16 and II-07": ("D-BCBSMN-RECORDS",),
    "BCBS NE MA, Molina and others": ("D-OMD-ONLY",),
    "BMC HealthNet OCA 3.968": ("D-BMC-OCA3968",),
    "Humana HUM-0346-023": ("D-HUMANA-0346",),
    "LCD L33646": ("D-LCD-L33646",),
    "LCD L34635": ("D-LCD-L34635",),
    "LCD L33274, L38809, L39856": ("D-LCD-L33274", "D-LCD-L39856"),
    "LCD L35170, L35172": ("D-LCD-L35170",),
    "Medicare Benefit Policy Manual 15 50.4.2": ("D-MEDICARE-OFFLABEL",),
    "HAYES": ("D-HAYES",),
    "CADTH RC1245": ("cadth",),
    "D-HEALTHPARTNERS-TMD": ("D-HEALTHPARTNERS-TMD",),
    "D-FEP-NUMBERS": ("D-FEP-NUMBERS",),
    "TRICARE-WEST-BOTOX": ("TRICARE-WEST-BOTOX",),
    "BCBS-MS-BOTOX": ("BCBS-MS-BOTOX",),
    "A57701-TPI": ("A57701-TPI",),
    "NO-PAYER-COVERS-TMD": ("NO-PAYER-COVERS-TMD",),
    "D-CRIT-1": ("D-CRIT-1",),
    "D-CRIT-2": ("D-CRIT-2",),
    "D-CRIT-3": ("D-CRIT-3", "D-CRIT-3-SCALES"),
    "D-CRIT-4": ("D-CRIT-4", "D-CRIT-4-RECORD", "D-CRIT-4-STOP"),
    "D-CRIT-5": ("D-CRIT-5",),
    "D-EXCL": ("D-EXCL",),
}
CLINICAL = {
    "E-LABEL-IND": ("E-LABEL-IND", "E-LABEL-USES"),
    "E-BOX": ("E-BOX",),
    "E-UNAPP": ("E-UNAPP",),
    "E-UNITS": ("E-UNITS",),
    "E-MAX": ("E-MAX",),
    "E-CI": ("E-CI", "E-CI-CAUTION"),
}
TRIALS = (
    "von-lindern-2003 nixdorf-2002 guarda-nardini-2008 kurtoglu-2008 ernberg-2011 "
    "guarda-nardini-2012 dltc-2020 dltc-2021 dltc-2022 dltc-2024 montes-carmona-2021 "
    "sitnikova-2022 pihut-2016 freund-2000 yoshida-2021 nct05720065"
)
REVIEWS = (
    "cadth dltc-umbrella-2024 pmc11230827 machado-2020 al-moraissi-2020 al-moraissi-2022 "
    "thambar-2020 cochrane-soares-2014 ahmed-2019 riley-2020 raphael-2020 scirep-2020 park-2023 "
    "sr-bone-2024 wojtovicz-2024 balanta-melo-2019 nasem-2020 bmj-nma-2023"
)
EVIDENCE = {name: (name,) for name in (*TRIALS.split(), *REVIEWS.split())} | {
    "bmj-2023": (
        "bmj-2023",
        "bmj-2023-conditional-for",
        "bmj-2023-conditional-against",
        "bmj-2023-conditional-against-rest",
        "bmj-2023-strong-against",
    ),
    "SOC-OTHER": ("SOC-OTHER", "SOC-OTHER-PAPERS"),
}
RIGHTS = {
    "F-DENIAL": ("F-DENIAL", "F-DENIAL-URGENT", "F-DENIAL-GRP", "F-DENIAL-IND"),
    "F-SUBMIT": ("F-SUBMIT",),
    "F-FILE": ("F-FILE",),
    "F-ALLINFO": ("F-ALLINFO",),
    "F-RELEVANT": ("F-RELEVANT",),
    "F-NODEF": ("F-NODEF",),
    "F-CONSULT": ("F-CONSULT",),
    "F-IDENT": ("F-IDENT",),
    "F-NEWEXPERT": ("F-NEWEXPERT",),
    "F-EXPMODE": ("F-EXPMODE",),
    "F-AUDIO": ("F-AUDIO",),
    "F-APPDEC": ("F-APPDEC",),
    "F-SPD": ("F-SPD", "F-SPD-AMOUNT"),
    "F-AOR": ("F-AOR", "F-AOR-URGENT"),
    "F-CMS1696": ("F-CMS1696", "F-CMS1696-MA", "F-CMS1696-PTD"),
    "F-HIPAA-ACC": ("F-HIPAA-ACC",),
    "F-URGENT-WORDS": (
        "F-URGENT-WORDS",
        "F-URGENT-WORDS-IND",
        "F-URGENT-WORDS-GOV",
        "F-URGENT-WORDS-EXT",
        "F-URGENT-WORDS-MA",
    ),
    "F-P2P": ("F-P2P",),
    "F-GAP": ("F-GAP", "F-GAP-QHP"),
    "F-HIPAA-CIOX": ("F-HIPAA-CIOX",),
}
LETTERS = {
    "Letter of medical necessity": ("F2-LMN",),
    "Prior-authorization request": ("F2-PA", "F-PRESERVICE"),
    "Internal appeal (level 1)": ("F2-APPEAL-1", "F2-APPEAL-1-ACA"),
    "Second-level appeal": ("F2-APPEAL-2",),
    "External review request": ("F2-EXTERNAL",),
    "Expedited appeal/review": ("F2-EXPEDITED", "F2-EXPEDITED-EXT"),
    "Claim-file and reviewer request": (
        "F2-CLAIM-FILE",
        "F2-CLAIM-FILE-ACA",
        "F2-CLAIM-FILE-MCO",
    ),
    "Peer-to-peer request": ("F2-P2P",),
    "Continuity-of-care request": ("F2-CONTINUITY",),
    "Gap exception": ("F2-GAP",),
    "Phone log": ("F2-PHONE-LOG",),
    "HIPAA records request": ("F2-HIPAA",),
    "Authorized representative": ("F2-AOR", "F2-AOR-OM", "F2-AOR-CA"),
    "Medicaid appeal": ("F2-MEDICAID",),
    "Part D / MA exception or reconsideration": ("F2-MA", "F2-PARTD"),
}
PRIVACY = {
    "G-SAFE-HARBOR": ("G-SAFE-HARBOR",),
    "G-REID": ("G-REID",),
    "G-CELL": ("G-CELL",),
    "G-312-ACCESS": ("G-312-ACCESS",),
    "G-312-AUDIT": ("G-312-AUDIT",),
    "G-312-INTEG": ("G-312-INTEG",),
    "G-312-AUTH": ("G-312-AUTH",),
    "G-312-TRANS": ("G-312-TRANS",),
    "G-WHO": ("G-WHO", "G-WHO-FTC"),
    "G-STATE": ("G-STATE-WA", "G-STATE-CA"),
}
LEFT_OUT = {
    "Kaiser and state Medicaid": "nothing was found, so there is nothing to state",
    "L38809": "only the number was seen",
    "L33458": "only its title and a revision date were seen",
    "L35172": "the number could not be confirmed",
    "societies": "no position was found; SOC-OTHER says not to state one",
    "DOIs, years and numbers from memory": "left out of the citations they would stand in",
    "G-EXPERT": "tmjkit makes no expert determination",
    "G-NPRM": "only proposed, and tmjkit encrypts in any case",
    "G-TOOL": "how tmjkit is built, and no fact about the world",
}
CARRIED = PAYERS | CLINICAL | EVIDENCE | RIGHTS | LETTERS | PRIVACY

FACTS = facts()
OURS = {fact_id for ids in CARRIED.values() for fact_id in ids}


@pytest.mark.parametrize("row", CARRIED)
def test_every_row_is_carried(row):
    for fact_id in CARRIED[row]:
        assert fact_id in FACTS, f"{row}: {fact_id}"


def test_what_is_left_out_is_left_out():
    for row, reason in LEFT_OUT.items():
        assert row not in FACTS
        assert reason


def test_no_fact_of_these_kinds_stands_for_no_row():
    # Letters' rights have a few rows of other sections, which their own tests account for.
    kinds = {FactKind.EVIDENCE, FactKind.LABEL, FactKind.STANCE, FactKind.CONTENT, FactKind.PRIVACY}
    assert {item.id for item in FACTS.values() if item.kind in kinds} <= OURS


def test_a_number_that_nobody_confirmed_is_quoted_nowhere_as_one():
    for item in FACTS.values():
        said = f"{item.title} {item.statement} {item.citation}"
        assert not re.search(r"\b(1106|IP0037|L35172)\b", said), item.id


def test_no_position_of_a_society_is_stated():
    for item in FACTS.values():
        said = f"{item.title} {item.statement} {item.citation}"
        assert not re.search(r"\b(AAOP|AAOM|AAOMS|AADSM)\b", said), item.id


def test_every_stance_tells_to_get_the_current_document_and_stays_out_of_letters():
    stances = [item for item in FACTS.values() if item.kind is FactKind.STANCE]
    assert len(stances) > 25
    for item in stances:
        assert "get the payer's current document" in item.caveat, item.id
        assert not item.letter_ready, item.id
        assert item.stance.payer, item.id


def test_no_stance_is_called_official():
    for item in FACTS.values():
        if item.kind is FactKind.STANCE:
            assert item.confidence is not Confidence.OFFICIAL, item.id


def test_erisa_is_cited_only_in_facts_of_erisa():
    citing = [item for item in FACTS.values() if cites_erisa(f"{item.citation} {item.statement}")]
    assert len(citing) > 20
    for item in citing:
        assert item.regimes, item.id
        assert set(item.regimes) <= ERISA, item.id


def test_every_fact_names_an_address_of_its_own_and_no_copy_of_ours():
    for item in FACTS.values():
        assert re.fullmatch(r"https?://[\w.-]+\.[a-z]{2,}(:\d+)?(/\S*)?", item.url), item.id
        assert "localhost" not in item.url, item.id
        for text in (item.read_in, item.citation, item.note):
            assert "/work/" not in text, item.id
            assert "DrunkWiz" not in text, item.id


@pytest.mark.parametrize(
    "words",
    [
        # Words of the licensed descriptors of CPT and CDT, never of a fact in one's own words.
        r"chemodenervation of muscle\(s\)",
        r"injection\(s\)",
        r"single or multiple",
        r"muscle\(s\) innervated",
        r"each additional",
        r"unspecified TMD therapy",
        r"needle electromyography in conjunction",
        r"occlusal orthotic device, by",
        r"imaging supervision and interpretation",
    ],
)
def test_no_licensed_descriptor_stands_in_a_fact(words):
    for item in FACTS.values():
        assert not re.search(words, item.model_dump_json(), re.IGNORECASE), item.id


def test_the_urgency_of_severe_pain_stays_inside_the_plan():
    for name in ("F-URGENT-WORDS", "F-URGENT-WORDS-IND", "F-URGENT-WORDS-GOV"):
        assert "severe pain" in FACTS[name].statement
    for name in ("F-URGENT-WORDS-EXT", "F-URGENT-WORDS-MA"):
        assert "pain" not in FACTS[name].statement
        assert "no ground" in FACTS[name].note


def test_loading_everything_is_quick():
    best = min(_seconds(collection.shipped.__wrapped__) for _ in range(3))
    # About 0.1 s on one slow core; an order of magnitude above it means something is wrong.
    assert best < 1.5


def _seconds(work):
    begin = perf_counter()
    assert work().facts
    return perf_counter() - begin
