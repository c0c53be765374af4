-- Changes that are to be made at a time. What came of one is stored in the transaction that made it, or did not.

CREATE TABLE schedules (
    id            INTEGER PRIMARY KEY CHECK (id > 0),
    environment   INTEGER NOT NULL REFERENCES environments (id),
    at            INTEGER NOT NULL,
    -- How late it may be, in seconds; NULL: however late.
    grace         INTEGER CHECK (grace >= 0),
    content       TEXT    NOT NULL CHECK (json_type(content) = 'object'),
    -- The revision that its author saw.
    base_revision INTEGER NOT NULL CHECK (base_revision >= 0),
    author        TEXT    NOT NULL CHECK (author <> ''),
    -- Their access token; NULL: they hold none of ours.
    token         INTEGER REFERENCES access_tokens (id),
    reason        TEXT    NOT NULL CHECK (length(reason) BETWEEN 1 AND 500),
    created_at    INTEGER NOT NULL,
    state         TEXT    NOT NULL CHECK (state <> ''),
    settled_at    INTEGER,
    revision      INTEGER,
    note          TEXT,
    FOREIGN KEY (environment, revision) REFERENCES revisions (environment, number)
) STRICT;

CREATE INDEX schedules_by_environment ON schedules (environment, id);
CREATE INDEX schedules_waiting ON schedules (at, id) WHERE state = 'waiting';

CREATE TRIGGER schedules_stay
BEFORE UPDATE OF id, environment, at, grace, content, base_revision, author, token, reason, created_at ON schedules
BEGIN SELECT RAISE (ABORT, 'what was scheduled never changes'); END;
CREATE TRIGGER schedules_settled BEFORE UPDATE ON schedules WHEN OLD.state <> 'waiting'
BEGIN SELECT RAISE (ABORT, 'a scheduled change comes to an end once'); END;
CREATE TRIGGER schedules_remain BEFORE DELETE ON schedules
BEGIN SELECT RAISE (ABORT, 'history is never rewritten'); END;
