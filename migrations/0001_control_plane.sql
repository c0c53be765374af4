-- The control plane's memory. Times are milliseconds since 1970-01-01T00:00:00Z; JSON is canonical (RFC 8785).
--
-- History is never rewritten, and the triggers below say so to everyone who opens this file. Kinds and roles are words
-- that the program knows; they are not enumerated here because SQLite cannot widen a CHECK later.

CREATE TABLE environments (
    id         INTEGER PRIMARY KEY,
    name       TEXT    NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 63),
    settings   TEXT    NOT NULL CHECK (json_valid(settings)),
    -- Counts every write to the environment, so that what is kept in memory can be told from what is stored.
    version    INTEGER NOT NULL CHECK (version > 0),
    created_at INTEGER NOT NULL,
    created_by TEXT    NOT NULL
) STRICT;

CREATE TABLE revisions (
    environment        INTEGER NOT NULL REFERENCES environments (id),
    number             INTEGER NOT NULL CHECK (number > 0),
    at                 INTEGER NOT NULL,
    author             TEXT    NOT NULL CHECK (author <> ''),
    reason             TEXT    NOT NULL CHECK (length(reason) BETWEEN 1 AND 500),
    origin             TEXT    NOT NULL CHECK (origin <> ''),
    -- The revision whose flags a rollback restored.
    restored           INTEGER CHECK (restored < number),
    digest             TEXT    NOT NULL CHECK (length(digest) = 64),
    -- Tickets issued before that moment, or under a lower revision, are refused.
    tickets_not_before          INTEGER,
    tickets_not_before_revision INTEGER CHECK (tickets_not_before_revision BETWEEN 1 AND number),
    PRIMARY KEY (environment, number),
    FOREIGN KEY (environment, restored) REFERENCES revisions (environment, number)
) STRICT, WITHOUT ROWID;

-- What each revision changed: a flag at revision N is its newest version not above N. NULL: removed.
CREATE TABLE flag_versions (
    environment INTEGER NOT NULL,
    key         TEXT    NOT NULL CHECK (length(key) BETWEEN 1 AND 100),
    revision    INTEGER NOT NULL,
    definition  TEXT CHECK (definition IS NULL OR json_valid(definition)),
    PRIMARY KEY (environment, key, revision),
    FOREIGN KEY (environment, revision) REFERENCES revisions (environment, number)
) STRICT;

CREATE INDEX flag_versions_by_revision ON flag_versions (environment, revision);

-- Each entry carries the digest of the one before. The environment is a name here: the audit stands by itself.
CREATE TABLE audit_entries (
    sequence    INTEGER PRIMARY KEY CHECK (sequence > 0),
    at          INTEGER NOT NULL,
    actor       TEXT    NOT NULL CHECK (actor <> ''),
    action      TEXT    NOT NULL CHECK (action <> ''),
    environment TEXT,
    revision    INTEGER CHECK (revision > 0),
    reason      TEXT    NOT NULL,
    detail      TEXT    NOT NULL CHECK (json_valid(detail)),
    previous    TEXT    NOT NULL CHECK (length(previous) = 64),
    digest      TEXT    NOT NULL UNIQUE CHECK (length(digest) = 64)
) STRICT;

CREATE INDEX audit_entries_by_environment ON audit_entries (environment, sequence);

-- Of a token's secret only its SHA-256 is kept. Names may be used again once their token is revoked.
CREATE TABLE access_tokens (
    id           INTEGER PRIMARY KEY,
    name         TEXT    NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    hash         BLOB    NOT NULL UNIQUE CHECK (length(hash) = 32),
    role         TEXT    NOT NULL CHECK (role <> ''),
    -- The names of the environments that it is good for; NULL: all.
    environments TEXT CHECK (json_type(environments) = 'array'),
    created_at   INTEGER NOT NULL,
    created_by   TEXT    NOT NULL,
    expires_at   INTEGER,
    revoked_at   INTEGER
) STRICT;

CREATE UNIQUE INDEX access_tokens_live_name ON access_tokens (name) WHERE revoked_at IS NULL;

CREATE TRIGGER revisions_stay BEFORE UPDATE ON revisions
BEGIN SELECT RAISE (ABORT, 'history is never rewritten'); END;
CREATE TRIGGER revisions_remain BEFORE DELETE ON revisions
BEGIN SELECT RAISE (ABORT, 'history is never rewritten'); END;
CREATE TRIGGER flag_versions_stay BEFORE UPDATE ON flag_versions
BEGIN SELECT RAISE (ABORT, 'history is never rewritten'); END;
CREATE TRIGGER flag_versions_remain BEFORE DELETE ON flag_versions
BEGIN SELECT RAISE (ABORT, 'history is never rewritten'); END;
CREATE TRIGGER audit_entries_stay BEFORE UPDATE ON audit_entries
BEGIN SELECT RAISE (ABORT, 'the audit is never rewritten'); END;
CREATE TRIGGER audit_entries_remain BEFORE DELETE ON audit_entries
BEGIN SELECT RAISE (ABORT, 'the audit is never rewritten'); END;
CREATE TRIGGER access_tokens_remain BEFORE DELETE ON access_tokens
BEGIN SELECT RAISE (ABORT, 'a token is revoked, never deleted'); END;
-- INSERT OR REPLACE deletes the row in its way without the triggers above.
CREATE TRIGGER revisions_stand BEFORE INSERT ON revisions
WHEN EXISTS (SELECT 1 FROM revisions WHERE environment = NEW.environment AND number = NEW.number)
BEGIN SELECT RAISE (ABORT, 'history is never rewritten'); END;
CREATE TRIGGER flag_versions_stand BEFORE INSERT ON flag_versions
WHEN EXISTS (
    SELECT 1 FROM flag_versions WHERE environment = NEW.environment AND key = NEW.key AND revision = NEW.revision)
BEGIN SELECT RAISE (ABORT, 'history is never rewritten'); END;
CREATE TRIGGER audit_entries_stand BEFORE INSERT ON audit_entries
WHEN EXISTS (SELECT 1 FROM audit_entries WHERE sequence = NEW.sequence OR digest = NEW.digest)
BEGIN SELECT RAISE (ABORT, 'the audit is never rewritten'); END;
CREATE TRIGGER access_tokens_stand BEFORE INSERT ON access_tokens
WHEN EXISTS (SELECT 1 FROM access_tokens WHERE id = NEW.id OR hash = NEW.hash)
BEGIN SELECT RAISE (ABORT, 'a token is revoked, never replaced'); END;
CREATE TRIGGER access_tokens_stay BEFORE UPDATE ON access_tokens WHEN OLD.revoked_at IS NOT NULL
BEGIN SELECT RAISE (ABORT, 'a revoked token stays revoked'); END;
