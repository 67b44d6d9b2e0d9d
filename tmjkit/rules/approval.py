"""Which approved request covers what a claim bills."""

from tmjkit.case import AuthorizationRequest, Case, Claim, Decision, Determination, PartialDate


def approval(case: Case, claim: Claim) -> tuple[AuthorizationRequest, Determination] | None:
    """Return the request that was approved for what a claim bills, with its latest approval.

    The approval is of the same coverage, for one of the claim's codes, not later than the service
    and not run out by then. Where the day of service is not recorded there is none.
    """
    codes = {line.code for line in claim.lines}
    requests = {item.id: item for item in case.requests}
    found = []
    for item in case.determinations:
        asked = requests.get(item.about_id or "")
        if (
            asked is not None
            and item.decision in (Decision.APPROVAL, Decision.PARTIAL)
            and asked.coverage_id in (None, claim.coverage_id)
            and codes & {line.code for line in asked.lines}
            and _covers(item, claim.start)
        ):
            found.append((asked, item))
    return max(found, key=lambda pair: str(pair[1].notice_date or ""), default=None)


def _covers(item: Determination, day: PartialDate | None) -> bool:
    if day is None:
        return False
    given = item.notice_date or item.received_date
    begun = given is None or given.earliest <= day.latest
    return begun and (item.approved_until is None or item.approved_until.latest >= day.earliest)
