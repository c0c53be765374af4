-- How much each way to authenticate a WebSocket is used, by the hour, so that one that nobody uses any more can be closed
-- on evidence. The first row of a pathway also tells since when its silence is known to be silence.

CREATE TABLE pathway_usage (
    environment  INTEGER NOT NULL REFERENCES environments (id),
    pathway      TEXT    NOT NULL CHECK (length(pathway) BETWEEN 1 AND 100),
    -- When the hour began.
    hour         INTEGER NOT NULL CHECK (hour % 3600000 = 0),
    attempts     INTEGER NOT NULL CHECK (attempts >= 0),
    grants       INTEGER NOT NULL CHECK (grants BETWEEN 0 AND attempts),
    last_attempt INTEGER,
    last_grant   INTEGER,
    PRIMARY KEY (environment, pathway, hour)
) STRICT, WITHOUT ROWID;
