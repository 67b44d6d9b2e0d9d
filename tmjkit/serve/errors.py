"""What can go wrong before the dashboards are there."""


class ServeError(RuntimeError):
    """The dashboards can't be served; the text says why, and is written for people."""

    for_people = True
