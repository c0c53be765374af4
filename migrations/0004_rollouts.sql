-- Staged rollouts. Each transition is stored in the transaction that makes the revision which it causes.

CREATE TABLE rollouts (
    id            INTEGER PRIMARY KEY CHECK (id > 0),
    environment   INTEGER NOT NULL REFERENCES environments (id),
    flag          TEXT    NOT NULL CHECK (length(flag) BETWEEN 1 AND 100),
    -- The revision in force when it began: what a way back restores of the flag. NULL: no step was taken yet.
    base_revision INTEGER,
    plan          TEXT    NOT NULL CHECK (json_type(plan) = 'object'),
    starts_at     INTEGER,
    author        TEXT    NOT NULL CHECK (author <> ''),
    reason        TEXT    NOT NULL CHECK (length(reason) BETWEEN 1 AND 500),
    created_at    INTEGER NOT NULL,
    updated_at    INTEGER NOT NULL,
    state         TEXT    NOT NULL CHECK (json_type(state) = 'object'),
    -- Whether something may still happen to it.
    is_live       INTEGER NOT NULL CHECK (is_live IN (0, 1)),
    FOREIGN KEY (environment, base_revision) REFERENCES revisions (environment, number)
) STRICT;

CREATE INDEX rollouts_by_environment ON rollouts (environment, id);
-- Two rollouts that move one flag would undo each other.
CREATE UNIQUE INDEX rollouts_live ON rollouts (environment, flag) WHERE is_live = 1;

-- What people were told of a rollout.
CREATE TABLE rollout_entries (
    id       INTEGER PRIMARY KEY,
    rollout  INTEGER NOT NULL REFERENCES rollouts (id),
    at       INTEGER NOT NULL,
    actor    TEXT    NOT NULL CHECK (actor <> ''),
    name     TEXT    NOT NULL CHECK (name <> ''),
    step     INTEGER CHECK (step >= 0),
    revision INTEGER NOT NULL CHECK (revision >= 0),
    -- Why, with the evidence; NULL: it needs none.
    reason   TEXT CHECK (reason IS NULL OR json_type(reason) = 'object')
) STRICT;

CREATE INDEX rollout_entries_by_rollout ON rollout_entries (rollout, id);

-- A plan does not change once it was looked at and approved.
CREATE TRIGGER rollouts_stay BEFORE UPDATE OF id, environment, flag, plan, starts_at, author, reason, created_at ON rollouts
BEGIN SELECT RAISE (ABORT, 'a plan never changes'); END;
CREATE TRIGGER rollouts_return BEFORE UPDATE OF base_revision ON rollouts
WHEN OLD.base_revision IS NOT NULL AND NEW.base_revision IS NOT OLD.base_revision
BEGIN SELECT RAISE (ABORT, 'the way back never changes'); END;
CREATE TRIGGER rollouts_remain BEFORE DELETE ON rollouts
BEGIN SELECT RAISE (ABORT, 'history is never rewritten'); END;
CREATE TRIGGER rollout_entries_stay BEFORE UPDATE ON rollout_entries
BEGIN SELECT RAISE (ABORT, 'history is never rewritten'); END;
CREATE TRIGGER rollout_entries_remain BEFORE DELETE ON rollout_entries
BEGIN SELECT RAISE (ABORT, 'history is never rewritten'); END;
