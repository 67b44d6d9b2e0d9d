"""Why a letter is right all the same: reasons as they are typed, and rules that are set aside.

What is typed is a draft of its author, sealed in the workspace, so that it outlives the kernel.
"""

from tmjkit.dashboards.papers_model import PapersModel
from tmjkit.letters import Letter

_PLACE = "aside"  # no list of the case: its drafts are taken up beside the letter
_WHY = "why"


class Reasons:
    """The reasons for which one person sets aside the rules that object to the shown letter.

    Parameters
    ----------
    model
        The letters of the case.

    Attributes
    ----------
    letter
        Names the letter that is shown: what it is, and what it is about.
    """

    def __init__(self, model: PapersModel) -> None:
        self._model = model
        self.letter = ""

    def show(self, letter: Letter) -> None:
        """Go on to the letter that is shown from now on."""
        self.letter = f"{letter.kind}.{letter.about_id}"

    def left(self, rule: str) -> str:
        """Return the reason that was begun for a rule and not kept; empty where none was."""
        drafts = self._model.case_model.drafts().of(_PLACE)
        name = self._name(rule)
        return next((one.typed[_WHY] for one in drafts if one.record_id == name), "")

    def typed(self, rule: str, why: str) -> None:
        """Keep what stands in a reason at this moment; nothing but blanks ends the draft."""
        typed = {_WHY: why} if why.strip() else {}
        self._model.case_model.drafts().keep(_PLACE, self._name(rule), typed)

    def set_aside(self, rule: str, why: str) -> None:
        """Set a rule aside, and end the draft of its reason once the case has it.

        Raises
        ------
        LetterError
            When the rule does not object any more.
        """
        shown = self._model.shown()
        if shown is None:
            return
        name, letter = self._name(rule), shown.letter
        made = self._model.set_aside(letter, self._model.objections(letter), rule, why)
        model = self._model.case_model
        # Where somebody else saved meanwhile, it is not in the case before that is settled.
        if any(one.id == made.id for one in model.open_case().overrides):
            model.drafts().drop(_PLACE, name)

    def _name(self, rule: str) -> str:
        return f"{self.letter}.{rule}"
