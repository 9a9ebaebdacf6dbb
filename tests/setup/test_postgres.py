from __future__ import annotations

import os
import socket
from pathlib import Path

import psycopg2
import pytest

from deploy.local import process_table
from deploy.local.postgres import Server
from deploy.local.say import Problem


def ask(server: Server, question: str) -> object:
    connection = psycopg2.connect(server.url())
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute(question)
            return cursor.fetchone() if cursor.description else None
    finally:
        connection.close()


@pytest.fixture
def server(tmp_path: Path) -> Server:
    home = tmp_path / "closed to others"
    home.mkdir(mode=0o700)
    return Server(home / "data", home / "postgres.log")


def test_server_runs_under_a_folder_closed_to_others(server: Server) -> None:
    server.start()
    try:
        settings = ask(
            server,
            "SELECT current_setting('TimeZone'), current_setting('server_encoding'), "
            "current_setting('fsync'), current_setting('listen_addresses')",
        )
    finally:
        server.stop()

    assert settings == ("UTC", "UTF8", "on", "127.0.0.1")


def test_server_asks_for_its_password(server: Server) -> None:
    server.start()
    try:
        with pytest.raises(psycopg2.OperationalError, match="password"):
            psycopg2.connect(
                host="127.0.0.1", port=server.port, user="scheduler", dbname="postgres", passfile="/dev/null"
            )
    finally:
        server.stop()


def test_killed_server_keeps_what_was_committed_and_leaves_no_process(server: Server) -> None:
    server.start()
    ask(server, "CREATE TABLE kept AS SELECT 7 AS number")
    family = [server.process.pid, *process_table.children(server.process.pid)]

    server.kill()

    assert not any(process_table.exists(pid) for pid in family)
    server.start()
    try:
        assert ask(server, "SELECT number FROM kept") == (7,)
    finally:
        server.stop()


def test_server_starts_although_another_program_has_the_number_of_the_one_that_died(server: Server) -> None:
    server.start()
    server.kill()
    pid_file = server.data / "postmaster.pid"
    rows = pid_file.read_text().splitlines()
    pid_file.write_text("\n".join([str(os.getppid()), *rows[1:]]) + "\n")

    server.start()
    try:
        assert ask(server, "SELECT 1") == (1,)
    finally:
        server.stop()


def test_data_of_another_major_version_is_named_with_the_way_out(server: Server) -> None:
    server.data.mkdir()
    (server.data / "PG_VERSION").write_text("9\n")

    with pytest.raises(
        Problem, match=r"was made by PostgreSQL 9, but this machine has .* Install PostgreSQL 9, or"
    ):
        server.start()


def test_busy_port_is_named_with_its_variable(server: Server) -> None:
    with (
        socket.create_server(("127.0.0.1", server.port)),
        pytest.raises(Problem, match=f"Port {server.port} is taken by another program: set POSTGRES_PORT"),
    ):
        server.start()
