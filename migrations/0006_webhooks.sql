-- Who is told what happens, and what is on its way to them: written in the transaction of what it tells.

CREATE TABLE webhooks (
    id           INTEGER PRIMARY KEY CHECK (id > 0),
    name         TEXT    NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 100),
    url          TEXT    NOT NULL CHECK (url <> ''),
    -- Deliveries are signed with it, so it is kept as it is.
    secret       BLOB    NOT NULL CHECK (length(secret) BETWEEN 24 AND 64),
    -- NULL: all.
    environments TEXT CHECK (environments IS NULL OR json_type(environments) = 'array'),
    events       TEXT CHECK (events IS NULL OR json_type(events) = 'array'),
    created_at   INTEGER NOT NULL,
    created_by   TEXT    NOT NULL CHECK (created_by <> ''),
    -- How many events were dropped because too many waited.
    dropped      INTEGER NOT NULL DEFAULT 0 CHECK (dropped >= 0)
) STRICT;

CREATE TABLE webhook_deliveries (
    id              INTEGER PRIMARY KEY CHECK (id > 0),
    webhook         INTEGER NOT NULL REFERENCES webhooks (id),
    event_id        TEXT    NOT NULL CHECK (event_id <> ''),
    event           TEXT    NOT NULL CHECK (event <> ''),
    body            TEXT    NOT NULL CHECK (json_valid(body)),
    created_at      INTEGER NOT NULL,
    state           TEXT    NOT NULL CHECK (state <> ''),
    attempts        INTEGER NOT NULL CHECK (attempts >= 0),
    next_attempt_at INTEGER NOT NULL,
    -- The last attempt; NULL: there was none.
    attempted_at    INTEGER,
    status          INTEGER,
    failure         TEXT,
    milliseconds    INTEGER
) STRICT;

CREATE INDEX webhook_deliveries_by_webhook ON webhook_deliveries (webhook, id);
CREATE INDEX webhook_deliveries_waiting ON webhook_deliveries (webhook, id) WHERE state = 'waiting';
