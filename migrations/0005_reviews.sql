-- What was done without waiting for anyone, and has to be looked at afterwards by someone else. Written in the transaction
-- that did it.

CREATE TABLE reviews (
    id          INTEGER PRIMARY KEY CHECK (id > 0),
    environment INTEGER NOT NULL REFERENCES environments (id),
    cause       TEXT    NOT NULL CHECK (cause <> ''),
    author      TEXT    NOT NULL CHECK (author <> ''),
    reason      TEXT    NOT NULL,
    at          INTEGER NOT NULL,
    -- The revision in force afterwards.
    revision    INTEGER NOT NULL CHECK (revision > 0),
    rollout     INTEGER REFERENCES rollouts (id),
    flags       TEXT    NOT NULL CHECK (json_type(flags) = 'array'),
    -- The reading of the guard that decided; NULL: none did.
    evidence    TEXT CHECK (evidence IS NULL OR json_valid(evidence)),
    closed_at   INTEGER,
    closed_by   TEXT,
    note        TEXT,
    CHECK ((closed_at IS NULL) = (closed_by IS NULL) AND (closed_at IS NULL) = (note IS NULL))
) STRICT;

CREATE INDEX reviews_by_environment ON reviews (environment, id);
CREATE INDEX reviews_open ON reviews (environment, id) WHERE closed_at IS NULL;

CREATE TRIGGER reviews_stay BEFORE UPDATE OF id, environment, cause, author, reason, at, revision, rollout, flags, evidence
ON reviews
BEGIN SELECT RAISE (ABORT, 'what was done stays as it was'); END;
CREATE TRIGGER reviews_closed BEFORE UPDATE ON reviews WHEN OLD.closed_at IS NOT NULL
BEGIN SELECT RAISE (ABORT, 'a review is closed once'); END;
CREATE TRIGGER reviews_remain BEFORE DELETE ON reviews
BEGIN SELECT RAISE (ABORT, 'history is never rewritten'); END;
