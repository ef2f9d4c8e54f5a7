"""The first schema: everything of a desk, and one search index that triggers keep in step with it.

Revision ID: 0001
"""

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

SEARCH = """CREATE VIRTUAL TABLE search USING fts5(
    title, body, content='', tokenize="unicode61 remove_diacritics 2"
)"""

# table, its number in the index (rowid = row * 16 + number), title, body, and which rows are searched
SEARCHED = (
    ("notes", 0, "{0}.title", "{0}.text", "{0}.deleted_at IS NULL"),
    (
        "resources",
        1,
        "{0}.title",
        "{0}.author || ' ' || {0}.url || ' ' || {0}.notes || ' ' || {0}.text",
        "1",
    ),
    ("cards", 2, "{0}.front", "{0}.back", "1"),
    ("tasks", 3, "{0}.title", "{0}.notes", "1"),
    ("sessions", 4, "{0}.title", "{0}.place || ' ' || {0}.with_whom || ' ' || {0}.notes", "1"),
    ("goals", 5, "{0}.title", "{0}.notes", "1"),
    ("entries", 6, "''", "{0}.text", "{0}.text <> ''"),
)


def upgrade() -> None:
    """Make all tables, the search index and its triggers."""
    for statement in TABLES.split(";\n\n"):
        op.execute(statement)
    op.execute(SEARCH)
    for table, number, title, body, searched in SEARCHED:
        new = f"new.row * 16 + {number}, {title.format('new')}, {body.format('new')}"
        old = f"old.row * 16 + {number}, {title.format('old')}, {body.format('old')}"
        add = f"INSERT INTO search(rowid, title, body) SELECT {new} WHERE {searched.format('new')};"
        remove = (
            f"INSERT INTO search(search, rowid, title, body) SELECT 'delete', {old}"
            f" WHERE {searched.format('old')};"
        )
        op.execute(f"CREATE TRIGGER {table}_search_add AFTER INSERT ON {table} BEGIN {add} END")
        op.execute(f"CREATE TRIGGER {table}_search_remove AFTER DELETE ON {table} BEGIN {remove} END")
        differs = (
            f"old.row <> new.row OR {title.format('old')} <> {title.format('new')}"
            f" OR {body.format('old')} <> {body.format('new')}"
            f" OR ({searched.format('old')}) <> ({searched.format('new')})"
        )
        op.execute(
            f"CREATE TRIGGER {table}_search_alter AFTER UPDATE ON {table} WHEN {differs}"
            f" BEGIN {remove} {add} END"
        )


TABLES = """\
CREATE TABLE files (
    sha256 VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    suffix VARCHAR NOT NULL,
    size INTEGER NOT NULL,
    mime VARCHAR NOT NULL,
    added DATETIME NOT NULL,
    CONSTRAINT pk_files PRIMARY KEY (sha256)
);

CREATE TABLE goals (
    "row" INTEGER NOT NULL,
    id VARCHAR NOT NULL,
    title VARCHAR NOT NULL,
    notes VARCHAR NOT NULL,
    due DATE,
    created DATETIME NOT NULL,
    done_at DATETIME,
    position INTEGER NOT NULL,
    CONSTRAINT pk_goals PRIMARY KEY ("row"),
    CONSTRAINT uq_goals_id UNIQUE (id)
);

CREATE TABLE notebooks (
    id VARCHAR NOT NULL,
    title VARCHAR NOT NULL,
    parent_id VARCHAR,
    position INTEGER NOT NULL,
    folder VARCHAR NOT NULL,
    created DATETIME NOT NULL,
    CONSTRAINT pk_notebooks PRIMARY KEY (id),
    CONSTRAINT fk_notebooks_parent_id FOREIGN KEY(parent_id) REFERENCES notebooks (id) ON DELETE CASCADE
);

CREATE INDEX ix_notebooks_parent_id ON notebooks (parent_id);

CREATE TABLE peers (
    id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    keys VARCHAR NOT NULL,
    fingerprint VARCHAR NOT NULL,
    addresses VARCHAR NOT NULL,
    last_seen DATETIME,
    CONSTRAINT pk_peers PRIMARY KEY (id)
);

CREATE TABLE rooms (
    id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    founding VARCHAR NOT NULL,
    role VARCHAR NOT NULL,
    joined_at DATETIME NOT NULL,
    last_seen_at DATETIME,
    colour INTEGER NOT NULL,
    archived BOOLEAN NOT NULL,
    addresses VARCHAR NOT NULL,
    last_read INTEGER NOT NULL,
    CONSTRAINT pk_rooms PRIMARY KEY (id)
);

CREATE TABLE sessions (
    "row" INTEGER NOT NULL,
    id VARCHAR NOT NULL,
    title VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    start DATETIME NOT NULL,
    "end" DATETIME NOT NULL,
    zone VARCHAR NOT NULL,
    place VARCHAR NOT NULL,
    room_id VARCHAR,
    with_whom VARCHAR NOT NULL,
    notes VARCHAR NOT NULL,
    created DATETIME NOT NULL,
    CONSTRAINT pk_sessions PRIMARY KEY ("row"),
    CONSTRAINT uq_sessions_id UNIQUE (id)
);

CREATE INDEX ix_sessions_start ON sessions (start);

CREATE TABLE settings (
    "key" VARCHAR NOT NULL,
    value VARCHAR NOT NULL,
    CONSTRAINT pk_settings PRIMARY KEY ("key")
);

CREATE TABLE tags (
    id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    "key" VARCHAR NOT NULL,
    CONSTRAINT pk_tags PRIMARY KEY (id),
    CONSTRAINT uq_tags_key UNIQUE ("key")
);

CREATE TABLE attachments (
    id VARCHAR NOT NULL,
    notebook_id VARCHAR,
    path VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL,
    CONSTRAINT pk_attachments PRIMARY KEY (id),
    CONSTRAINT fk_attachments_notebook_id FOREIGN KEY(notebook_id) REFERENCES notebooks (id) ON DELETE CASCADE,
    CONSTRAINT fk_attachments_sha256 FOREIGN KEY(sha256) REFERENCES files (sha256)
);

CREATE UNIQUE INDEX ix_attachments_place ON attachments (notebook_id, path);

CREATE INDEX ix_attachments_sha256 ON attachments (sha256);

CREATE TABLE entries (
    "row" INTEGER NOT NULL,
    id VARCHAR NOT NULL,
    room_id VARCHAR NOT NULL,
    author VARCHAR NOT NULL,
    seq INTEGER NOT NULL,
    prev VARCHAR NOT NULL,
    lamport INTEGER NOT NULL,
    time INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    body VARCHAR NOT NULL,
    verified BOOLEAN NOT NULL,
    raw VARCHAR NOT NULL,
    received_at DATETIME NOT NULL,
    text VARCHAR NOT NULL,
    CONSTRAINT pk_entries PRIMARY KEY ("row"),
    CONSTRAINT uq_entries_room_id_author_seq UNIQUE (room_id, author, seq),
    CONSTRAINT uq_entries_id UNIQUE (id),
    CONSTRAINT fk_entries_room_id FOREIGN KEY(room_id) REFERENCES rooms (id) ON DELETE CASCADE
);

CREATE INDEX ix_entries_order ON entries (room_id, lamport, time, author, seq);

CREATE TABLE notes (
    "row" INTEGER NOT NULL,
    id VARCHAR NOT NULL,
    title VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    notebook_id VARCHAR,
    created DATETIME NOT NULL,
    updated DATETIME NOT NULL,
    pinned BOOLEAN NOT NULL,
    deleted_at DATETIME,
    file_name VARCHAR NOT NULL,
    title_key VARCHAR NOT NULL,
    name_key VARCHAR NOT NULL,
    excerpt VARCHAR NOT NULL,
    CONSTRAINT pk_notes PRIMARY KEY ("row"),
    CONSTRAINT uq_notes_id UNIQUE (id),
    CONSTRAINT fk_notes_notebook_id FOREIGN KEY(notebook_id) REFERENCES notebooks (id) ON DELETE SET NULL
);

CREATE INDEX ix_notes_list ON notes (deleted_at, notebook_id, updated);

CREATE INDEX ix_notes_recent ON notes (deleted_at, pinned, updated);

CREATE INDEX ix_notes_name_key ON notes (name_key);

CREATE INDEX ix_notes_title_key ON notes (title_key);

CREATE TABLE resources (
    "row" INTEGER NOT NULL,
    id VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    title VARCHAR NOT NULL,
    url VARCHAR NOT NULL,
    author VARCHAR NOT NULL,
    file_sha256 VARCHAR,
    file_name VARCHAR,
    minutes INTEGER,
    state VARCHAR NOT NULL,
    progress DOUBLE NOT NULL,
    rating INTEGER NOT NULL,
    notes VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    added DATETIME NOT NULL,
    last_opened DATETIME,
    CONSTRAINT pk_resources PRIMARY KEY ("row"),
    CONSTRAINT uq_resources_id UNIQUE (id),
    CONSTRAINT fk_resources_file_sha256 FOREIGN KEY(file_sha256) REFERENCES files (sha256)
);

CREATE INDEX ix_resources_file_sha256 ON resources (file_sha256);

CREATE INDEX ix_resources_state ON resources (state);

CREATE INDEX ix_resources_url ON resources (url);

CREATE TABLE room_updates (
    sequence INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    room_id VARCHAR NOT NULL,
    document VARCHAR NOT NULL,
    data BLOB NOT NULL,
    at DATETIME NOT NULL,
    CONSTRAINT fk_room_updates_room_id FOREIGN KEY(room_id) REFERENCES rooms (id) ON DELETE CASCADE
);

CREATE INDEX ix_room_updates_document ON room_updates (room_id, document, sequence);

CREATE TABLE taggings (
    kind VARCHAR NOT NULL,
    thing_id VARCHAR NOT NULL,
    number INTEGER NOT NULL,
    tag_id VARCHAR NOT NULL,
    CONSTRAINT pk_taggings PRIMARY KEY (kind, thing_id, number),
    CONSTRAINT fk_taggings_tag_id FOREIGN KEY(tag_id) REFERENCES tags (id) ON DELETE CASCADE
);

CREATE INDEX ix_taggings_tag ON taggings (tag_id, kind);

CREATE TABLE tasks (
    "row" INTEGER NOT NULL,
    id VARCHAR NOT NULL,
    title VARCHAR NOT NULL,
    due DATE,
    planned DATE,
    minutes INTEGER,
    done_at DATETIME,
    goal_id VARCHAR,
    position INTEGER NOT NULL,
    notes VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    created DATETIME NOT NULL,
    CONSTRAINT pk_tasks PRIMARY KEY ("row"),
    CONSTRAINT uq_tasks_id UNIQUE (id),
    CONSTRAINT fk_tasks_goal_id FOREIGN KEY(goal_id) REFERENCES goals (id) ON DELETE SET NULL
);

CREATE INDEX ix_tasks_due ON tasks (due);

CREATE INDEX ix_tasks_goal_id ON tasks (goal_id);

CREATE INDEX ix_tasks_list ON tasks (done_at, position);

CREATE INDEX ix_tasks_planned ON tasks (planned);

CREATE TABLE cards (
    "row" INTEGER NOT NULL,
    id VARCHAR NOT NULL,
    deck VARCHAR NOT NULL,
    front VARCHAR NOT NULL,
    back VARCHAR NOT NULL,
    note_id VARCHAR,
    created DATETIME NOT NULL,
    due DATETIME NOT NULL,
    stability DOUBLE,
    difficulty DOUBLE,
    state VARCHAR NOT NULL,
    CONSTRAINT pk_cards PRIMARY KEY ("row"),
    CONSTRAINT uq_cards_id UNIQUE (id),
    CONSTRAINT fk_cards_note_id FOREIGN KEY(note_id) REFERENCES notes (id) ON DELETE SET NULL
);

CREATE INDEX ix_cards_deck ON cards (deck);

CREATE INDEX ix_cards_due ON cards (due);

CREATE INDEX ix_cards_note_id ON cards (note_id);

CREATE TABLE note_links (
    note_id VARCHAR NOT NULL,
    number INTEGER NOT NULL,
    target VARCHAR NOT NULL,
    target_key VARCHAR NOT NULL,
    line INTEGER NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    wiki BOOLEAN NOT NULL,
    CONSTRAINT pk_note_links PRIMARY KEY (note_id, number),
    CONSTRAINT fk_note_links_note_id FOREIGN KEY(note_id) REFERENCES notes (id) ON DELETE CASCADE
);

CREATE INDEX ix_note_links_target_key ON note_links (target_key);

CREATE TABLE note_versions (
    id VARCHAR NOT NULL,
    note_id VARCHAR NOT NULL,
    at DATETIME NOT NULL,
    title VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    run VARCHAR NOT NULL,
    CONSTRAINT pk_note_versions PRIMARY KEY (id),
    CONSTRAINT fk_note_versions_note_id FOREIGN KEY(note_id) REFERENCES notes (id) ON DELETE CASCADE
);

CREATE INDEX ix_note_versions_note_id ON note_versions (note_id);

CREATE TABLE time_entries (
    id VARCHAR NOT NULL,
    start DATETIME NOT NULL,
    minutes INTEGER NOT NULL,
    task_id VARCHAR,
    CONSTRAINT pk_time_entries PRIMARY KEY (id),
    CONSTRAINT fk_time_entries_task_id FOREIGN KEY(task_id) REFERENCES tasks (id) ON DELETE SET NULL
);

CREATE INDEX ix_time_entries_start ON time_entries (start);

CREATE INDEX ix_time_entries_task_id ON time_entries (task_id);

CREATE TABLE card_reviews (
    id VARCHAR NOT NULL,
    card_id VARCHAR NOT NULL,
    at DATETIME NOT NULL,
    rating INTEGER NOT NULL,
    CONSTRAINT pk_card_reviews PRIMARY KEY (id),
    CONSTRAINT fk_card_reviews_card_id FOREIGN KEY(card_id) REFERENCES cards (id) ON DELETE CASCADE
);

CREATE INDEX ix_card_reviews_at ON card_reviews (at);

CREATE INDEX ix_card_reviews_card ON card_reviews (card_id, at)"""
