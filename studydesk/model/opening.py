"""Opening a desk's database: pragmas, migrations, and what its errors mean. Runs on the database thread."""

from __future__ import annotations

import errno
import sqlite3
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import StaticPool

from studydesk.foundation.errors import Fault
from studydesk.foundation.paths import DeskPaths
from studydesk.model.database import DISK_BROKEN, DISK_FULL, NotSaved

SCHEMA = 1
APPLICATION_ID = 0x53444B31  # "SDK1", so that `file` and others can tell a desk from any other SQLite file
NEWER = (
    "This desk was written by a newer StudyDesk (schema {found}, this one knows {known}). "
    "Update StudyDesk to open it."
)
DAMAGED = "The file {file} is not a desk's database or is damaged. Restore a backup, or move the file away."
MIGRATIONS = Path(__file__).parent / "migrations"


def open_sessions(paths: DeskPaths) -> sessionmaker[Session]:
    """Open or make the database at `paths` and bring its schema up to date.

    Raises Fault for a newer schema, a file that is no desk's database, or a folder without rights.
    """
    paths.make()
    found = schema_of(paths.database)
    if found > SCHEMA:
        raise Fault(NEWER.format(found=found, known=SCHEMA))
    engine = make_engine(paths.database)
    try:
        if found < SCHEMA:
            upgrade(engine)
    except BaseException:
        engine.dispose()
        raise
    return sessionmaker(engine, expire_on_commit=False)


def schema_of(file: Path) -> int:
    """Return the number of the schema in a database file; 0 for a missing or empty one. Raises Fault."""
    if not file.exists():
        return 0
    try:
        connection = sqlite3.connect(file, timeout=5)
        try:
            version = int(connection.execute("PRAGMA user_version").fetchone()[0])
            owner = int(connection.execute("PRAGMA application_id").fetchone()[0])
            tables = int(connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0])
        finally:
            connection.close()
    except sqlite3.DatabaseError as error:
        raise Fault(DAMAGED.format(file=file)) from error
    if tables and owner != APPLICATION_ID:
        raise Fault(DAMAGED.format(file=file))
    return version


def make_engine(file: Path) -> Engine:
    """Return an engine with one connection, in WAL mode, with synchronous FULL and foreign keys."""
    engine = create_engine(
        URL.create("sqlite", database=str(file)),
        poolclass=StaticPool,
        connect_args={"check_same_thread": False, "timeout": 5},
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: sqlite3.Connection, record: object) -> None:
    connection.isolation_level = (
        None  # SQLAlchemy says BEGIN itself, so that reads and DDL are transactions too
    )
    for pragma in (
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        "busy_timeout = 5000",
        "temp_store = MEMORY",
        "cache_size = -32000",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")


def upgrade(engine: Engine) -> None:
    """Run the migrations that are missing, in one transaction. Alembic is slow to import, so only when needed."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA}")


def refusing_sessions(fault: Fault) -> sessionmaker[Session]:
    """Return what stands for the sessions of a database that could not be opened: each raises `fault`."""

    class Refusing(Session):
        def __init__(self, **options: object) -> None:
            raise Fault(*fault.args) from fault

    return sessionmaker(class_=Refusing)


def as_fault(error: BaseException) -> BaseException:
    """Return the Fault that an error of database or disk means to a person, or the error itself for a bug."""
    cause = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
    if isinstance(cause, sqlite3.Error):
        known = _database_fault(cause)
    elif isinstance(cause, OSError):
        known = _disk_fault(cause)
    else:
        return error
    if known is None:
        return error
    known.__cause__ = error
    return known


def _database_fault(error: sqlite3.Error) -> Fault | None:
    code = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
    if code == sqlite3.SQLITE_FULL:
        return NotSaved(DISK_FULL)
    if code == sqlite3.SQLITE_IOERR:
        return NotSaved(DISK_BROKEN)
    if code in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM):
        return NotSaved("The desk's folder can't be written. Check its rights, then try again.")
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return NotSaved("Another program holds this desk. Close it, then try again.")
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return Fault("The desk's database is damaged. Restore a backup.")
    return None


def _disk_fault(error: OSError) -> Fault | None:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return NotSaved(DISK_FULL)
    if error.errno in (errno.EIO, errno.EFBIG):
        return NotSaved(DISK_BROKEN)
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return Fault(f"No rights for {error.filename or 'this file'}. Check its rights, then try again.")
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        return Fault(f"{error.filename or 'This file'} is not there.")
    return None
