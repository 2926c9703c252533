-- The same statements run on SQLite and PostgreSQL: text, whole numbers, times in milliseconds since 1970.

CREATE TABLE requests (
    id TEXT PRIMARY KEY,
    folder TEXT NOT NULL,
    received_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    state TEXT NOT NULL,
    assigned_to TEXT NOT NULL,
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    phone TEXT NOT NULL,
    search TEXT NOT NULL
);

CREATE INDEX requests_by_time ON requests (received_at, id);

CREATE TABLE parts (
    request_id TEXT NOT NULL REFERENCES requests (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    bytes BIGINT NOT NULL,
    digest TEXT NOT NULL,
    PRIMARY KEY (request_id, name)
);

CREATE TABLE notes (
    id TEXT PRIMARY KEY,
    request_id TEXT NOT NULL REFERENCES requests (id) ON DELETE CASCADE,
    author TEXT NOT NULL,
    written_at BIGINT NOT NULL,
    text TEXT NOT NULL
);

CREATE INDEX notes_by_request ON notes (request_id, written_at);

CREATE TABLE accounts (
    name TEXT PRIMARY KEY,
    role TEXT NOT NULL,
    password TEXT NOT NULL,
    is_active BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE failed_logins (
    account TEXT PRIMARY KEY,
    failures BIGINT NOT NULL,
    tried_at BIGINT NOT NULL,
    locked_until BIGINT NOT NULL
);

CREATE TABLE sessions (
    token_digest TEXT PRIMARY KEY,
    account TEXT NOT NULL REFERENCES accounts (name) ON DELETE CASCADE,
    csrf TEXT NOT NULL,
    seen_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);

-- What was done stays written when the request or the account is gone, so nothing here refers to them.
CREATE TABLE audit (
    id TEXT PRIMARY KEY,
    at BIGINT NOT NULL,
    account TEXT NOT NULL,
    action TEXT NOT NULL,
    request_id TEXT NOT NULL,
    detail TEXT NOT NULL
);

CREATE TABLE notifications (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    request_id TEXT NOT NULL,
    tries BIGINT NOT NULL,
    next_at BIGINT NOT NULL
);

CREATE INDEX notifications_by_time ON notifications (next_at);
