-- Segments, versioned as flags are, and what callers are handed with every flag of a revision.

CREATE TABLE segment_versions (
    environment INTEGER NOT NULL,
    name        TEXT    NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    revision    INTEGER NOT NULL,
    -- NULL: removed.
    definition  TEXT CHECK (definition IS NULL OR json_valid(definition)),
    PRIMARY KEY (environment, name, revision),
    FOREIGN KEY (environment, revision) REFERENCES revisions (environment, number)
) STRICT;

CREATE INDEX segment_versions_by_revision ON segment_versions (environment, revision);

CREATE TRIGGER segment_versions_stay BEFORE UPDATE ON segment_versions
BEGIN SELECT RAISE (ABORT, 'history is never rewritten'); END;
CREATE TRIGGER segment_versions_remain BEFORE DELETE ON segment_versions
BEGIN SELECT RAISE (ABORT, 'history is never rewritten'); END;
CREATE TRIGGER segment_versions_stand BEFORE INSERT ON segment_versions
WHEN EXISTS (
    SELECT 1 FROM segment_versions WHERE environment = NEW.environment AND name = NEW.name AND revision = NEW.revision)
BEGIN SELECT RAISE (ABORT, 'history is never rewritten'); END;

-- The metadata of the revision's flag set, a JSON object; NULL: none.
ALTER TABLE revisions ADD COLUMN metadata TEXT CHECK (metadata IS NULL OR json_type(metadata) = 'object');
