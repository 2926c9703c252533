-- Designs that the staff saved beside the visitor's.

CREATE TABLE versions (
    request_id TEXT NOT NULL REFERENCES requests (id) ON DELETE CASCADE,
    id TEXT NOT NULL,
    folder TEXT NOT NULL,
    saved_at BIGINT NOT NULL,
    saved_by TEXT NOT NULL,
    name TEXT NOT NULL,
    program TEXT NOT NULL,
    PRIMARY KEY (request_id, id)
);

CREATE TABLE version_parts (
    request_id TEXT NOT NULL,
    version_id TEXT NOT NULL,
    name TEXT NOT NULL,
    bytes BIGINT NOT NULL,
    digest TEXT NOT NULL,
    PRIMARY KEY (request_id, version_id, name),
    FOREIGN KEY (request_id, version_id) REFERENCES versions (request_id, id) ON DELETE CASCADE
);

-- Each start looks for folders that no row knows.
CREATE INDEX requests_by_folder ON requests (folder);

CREATE INDEX versions_by_folder ON versions (folder);
