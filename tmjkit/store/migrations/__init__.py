"""The steps that make the tables of a workspace and bring older ones up to date.

A change of the tables is a new module in `versions/`, its number added to `schema.VERSIONS`.
Steps have no key: they move rows and columns, and never look into what is sealed.
"""

from pathlib import Path

from sqlalchemy import Connection

SCRIPTS = Path(__file__).resolve().parent


def upgrade(connection: Connection, scripts: Path | None = None) -> None:
    """Bring the tables to the newest version, within the connection's transaction.

    Parameters
    ----------
    connection
        A connection in a transaction: all steps are made, or none.
    scripts
        The folder with `env.py` and `versions`; this one when left out.
    """
    # Alembic takes longer to import than everything else here, and opening needs none of it.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(scripts or SCRIPTS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
