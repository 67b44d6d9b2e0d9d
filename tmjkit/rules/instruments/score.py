"""Scores a questionnaire by the rule of its form."""

from collections.abc import Callable
from typing import Final

from tmjkit.case import Questionnaire, QuestionnaireForm
from tmjkit.rules.instruments.gcps import gcps
from tmjkit.rules.instruments.jfls import jfls_8, jfls_20
from tmjkit.rules.instruments.model import Score
from tmjkit.rules.instruments.screens import gad_7, obc, phq_4

_RULES: Final[dict[QuestionnaireForm, Callable[[Questionnaire], Score]]] = {
    QuestionnaireForm.GCPS_2: gcps,
    QuestionnaireForm.GCPS_1: gcps,
    QuestionnaireForm.JFLS_8: jfls_8,
    QuestionnaireForm.JFLS_20: jfls_20,
    QuestionnaireForm.PHQ_4: phq_4,
    QuestionnaireForm.GAD_7: gad_7,
    QuestionnaireForm.OBC: obc,
}


def score(questionnaire: Questionnaire) -> Score:
    """Return what the answers come to by the published rule of the form.

    Parameters
    ----------
    questionnaire
        One filled-in questionnaire; a missing answer stays missing.

    Returns
    -------
    Score
        With `value` None and a reason where the form's rule for missing answers gives none.
    """
    return _RULES[questionnaire.form](questionnaire)
