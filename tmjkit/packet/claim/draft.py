"""What is gathered while a form is filled: values, reasons for empty boxes, problems."""

from collections.abc import Mapping
from decimal import Decimal

from tmjkit.case import Address, PartialDate
from tmjkit.packet.claim import writing
from tmjkit.packet.claim.model import BoxProblem


class Draft:
    """The values of one form while it is filled.

    Attributes
    ----------
    values
        Key of a place to what stands there.
    empty
        Number of a box to why nothing stands in it.
    problems
        What does not fit.
    """

    def __init__(self) -> None:
        self.values: dict[str, str] = {}
        self.empty: dict[str, str] = {}
        self.problems: list[BoxProblem] = []

    def put(self, key: str, text: str) -> None:
        """Put a value into a place; nothing is put where it is empty."""
        if text:
            self.values[key] = text

    def fill(self, key: str, parts: Mapping[str, str]) -> None:
        """Put the parts of a date or an amount into their places."""
        for part, text in parts.items():
            self.put(f"{key}.{part}", text)

    def mark(self, number: str, name: str) -> None:
        """Cross one of the small boxes of a box."""
        self.values[f"{number}.{name}"] = "X"

    def leave(self, why: str, *numbers: str) -> None:
        """Leave boxes empty, and say why."""
        for box in numbers:
            self.empty[box] = why

    def lacks(self, number: str, what: str, right: str) -> None:
        """Leave a box empty that should not be."""
        self.empty[number] = f"missing: {what}"
        self.problems.append(BoxProblem(number, f"{what} is not recorded", right))

    def wrong(self, number: str, what: str, right: str) -> None:
        """Say what can't be right."""
        self.problems.append(BoxProblem(number, what, right))

    def look(self, number: str, what: str, right: str) -> None:
        """Say what somebody should look at."""
        self.problems.append(BoxProblem(number, what, right, stops=False))

    def words(self, key: str, number: str, text: str, *, keep: str = "") -> None:
        """Put words into a place in the form's letters."""
        if text and not writing.readable(text):
            self.wrong(
                number,
                "it holds letters that the form can't be read with",
                "Write it in the letters A to Z, as it stands on the card.",
            )
        self.put(key, writing.plain(text, keep))

    def date(self, key: str, number: str, date: PartialDate | None, what: str, where: str) -> None:
        """Put a whole day into a box that needs one."""
        if date is None:
            self.lacks(number, what, f"Enter it under {where}.")
        elif not date.exact:
            self.lacks(number, f"the day of {what}", f"Enter the whole date under {where}.")
        else:
            self.fill(key, writing.day(date))

    def address(self, number: str, address: Address | None, what: str, where: str) -> None:
        """Put an address into the places of box 5 or 7."""
        if address is None or not address.lines():
            self.lacks(number, what, f"Enter it under {where}.")
            return
        street, _ = writing.place(address)
        self.put(f"{number}.street", street)
        self.words(f"{number}.city", number, address.city)
        self.put(f"{number}.state", address.state or "")
        self.put(f"{number}.zip", writing.zip_code(address.postal_code))
        if not (address.line and address.city and address.state and address.postal_code):
            self.wrong(
                number,
                f"{what} is not complete",
                f"Enter street, city, state and ZIP code under {where}.",
            )

    def phone(self, number: str, text: str | None) -> None:
        """Put a telephone number into its two places; one that can't be read stays out."""
        found = writing.phone(text) if text else None
        if found:
            self.fill(number, {"area": found[0], "phone": found[1]})
        elif text:
            self.look(number, "the telephone number has no ten digits", "Correct it in the case.")

    def amount(self, key: str, amount: Decimal) -> None:
        """Put an amount into the places for dollars and cents."""
        self.fill(key, writing.money(amount))
