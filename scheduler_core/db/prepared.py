"""Statements that the server reads and plans once for each connection.

For a short statement over several tables that takes several times as long as to carry it out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, Self

from sqlalchemy import BindParameter, ColumnElement, Connection, CursorResult, Select, text
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


class Prepared:
    """A statement in SQL with parameters such as `:starts`, whose types are given.

    What stands in `first` is carried out before it, in the same message but as a statement of its own.
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
        bound = [one for one in typed.values() if one.key in {*names, *_PARAMETER.findall(first)}]
        execute = [
            text(f"{planned}{first}EXECUTE {name} ({given})").bindparams(*bound)
            for planned in ("", "DISCARD PLANS; ")
        ]
        self._name = name
        self._prepare = f"PREPARE {name} ({listed}) AS {body}"
        self._execute, self._plan_and_execute = (one.columns(*columns) if columns else one for one in execute)

    @classmethod
    def of(cls, name: str, statement: Select[Any]) -> Self:
        """The statement, whose rows are read by their columns as before."""
        compiled = statement.compile(dialect=_DIALECT)
        return cls(name, str(compiled), *compiled.binds.values(), columns=statement.selected_columns)

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
        return connection.execute(self._execute if lasting else self._plan_and_execute, parameters)
