"""Statements that the server reads and plans once for each connection.

For a short statement over several tables that takes several times as long as to carry it out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, Self

from sqlalchemy import BindParameter, ColumnElement, Connection, CursorResult, RowMapping, Select
from sqlalchemy.dialects import postgresql
from sqlalchemy.exc import DBAPIError

#: So often a connection carries out what it has prepared before all is planned anew: what is the best way
#: through few rows is not through many, and the server itself notices that only once it has counted them.
PLANS_LAST = 64
#: Errors of a connection that does not have what it is thought to have prepared: the statement's rows have
#: other types now, it is unknown, or it is there already.
_OUT_OF_STEP = frozenset({"0A000", "26000", "42P05"})
_HAD = "prepared"  # how often a connection has carried out each, by their names
_DIALECT = postgresql.dialect(paramstyle="named")  # type: ignore[no-untyped-call]  # SQLAlchemy has no type for it
_PARAMETER = re.compile(r"(?<!:):(\w+)")

#: A row whose values are had by their columns.
ByColumn = RowMapping | Mapping[ColumnElement[Any], Any]


class Prepared:
    """A statement in SQL with parameters such as `:starts`, whose types are given.

    What stands in `first` is carried out before it, in the same message but as a statement of its own. Values
    go to the driver as they are: the server knows their types from what it has prepared.
    """

    def __init__(
        self,
        name: str,
        statement: str,
        *types: BindParameter[Any],
        first: str = "",
        columns: Iterable[ColumnElement[Any]] = (),
    ) -> None:
        typed = {one.key: one for one in types}
        names = list(dict.fromkeys(_PARAMETER.findall(statement)))
        place = {name: f"${number}" for number, name in enumerate(names, start=1)}
        listed = ", ".join(typed[name].type.compile(dialect=_DIALECT) for name in names)
        body = _PARAMETER.sub(lambda found: place[found[1]], statement)
        given = ", ".join(f":{name}" for name in names)
        self._name = name
        self._columns = tuple(columns)
        self._prepare = f"PREPARE {name} ({listed}) AS {body}"
        self._execute = _for_driver(f"{first}EXECUTE {name} ({given})")
        self._plan_and_execute = f"DISCARD PLANS; {self._execute}"

    @classmethod
    def of(cls, name: str, statement: Select[Any]) -> Self:
        """The query, for `rows`."""
        compiled = statement.compile(dialect=_DIALECT)
        return cls(name, str(compiled), *compiled.binds.values(), columns=statement.selected_columns)

    def rows(self, connection: Connection, parameters: Mapping[str, Any]) -> list[ByColumn]:
        """What the query returns, by its columns."""
        found = self.execute(connection, parameters).all()
        return [dict(zip(self._columns, row, strict=True)) for row in found]

    def execute(
        self, connection: Connection, parameters: Mapping[str, Any]
    ) -> CursorResult[*tuple[Any, ...]]:
        """What the statement returns; parameters that it does not have are left out.

        A connection that has prepared something else than is known here, or whose tables have changed their
        types since, is given up: the next try has a new one.
        """
        try:
            return self._carried_out(connection, dict(parameters))
        except DBAPIError as error:
            if getattr(error.orig, "pgcode", None) in _OUT_OF_STEP:
                connection.invalidate(error)
            raise

    def _carried_out(
        self, connection: Connection, parameters: dict[str, Any]
    ) -> CursorResult[*tuple[Any, ...]]:
        had: Counter[str] = connection.info.setdefault(_HAD, Counter())
        if self._name not in had:
            connection.exec_driver_sql(self._prepare)
        had[self._name] += 1
        lasting = had.total() % PLANS_LAST != 0
        wanted = self._execute if lasting else self._plan_and_execute
        return connection.exec_driver_sql(wanted, parameters)


def _for_driver(statement: str) -> str:
    """The statement with its parameters as the driver writes them."""
    return _PARAMETER.sub(r"%(\1)s", statement.replace("%", "%%"))
