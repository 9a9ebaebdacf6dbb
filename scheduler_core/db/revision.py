"""Whether the tables are those that this version of the code needs, without loading what migrates them."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, text

_VERSIONS = Path(__file__).with_name("migrations") / "versions"


def is_current(connection: Connection) -> bool:
    """Whether all migrations that this code knows have run, and no other.

    Raises:
        DatabaseUnavailable: there are no tables yet.

    """
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return found == head()


def head() -> str:
    """The number of the newest migration; their files are named by their numbers."""
    return max(path.name.partition("_")[0] for path in _VERSIONS.glob("[0-9]*.py"))
