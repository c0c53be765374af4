-- The instances that listen, so that after a restart of the server nobody is taken for obeyed because they have not come
-- back yet. A row for each that is live; what they acknowledge is kept in memory and written only now and then.

CREATE TABLE instances (
    environment INTEGER NOT NULL REFERENCES environments (id),
    id          TEXT    NOT NULL CHECK (length(id) BETWEEN 1 AND 100),
    -- The name of the access token that introduced it.
    owner       TEXT    NOT NULL CHECK (owner <> ''),
    name        TEXT    NOT NULL,
    version     TEXT,
    labels      TEXT    NOT NULL CHECK (json_type(labels) = 'object'),
    revision    INTEGER NOT NULL CHECK (revision >= 0),
    digest      TEXT,
    source      TEXT    NOT NULL,
    first_seen  INTEGER NOT NULL,
    last_seen   INTEGER NOT NULL,
    PRIMARY KEY (environment, id)
) STRICT, WITHOUT ROWID;
