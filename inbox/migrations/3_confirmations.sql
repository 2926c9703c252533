-- Which mailboxes were sent a confirmation: a few places each, of which one is taken for a day. A mailbox is a digest.

CREATE TABLE confirmations (
    mailbox TEXT NOT NULL,
    place BIGINT NOT NULL,
    taken_at BIGINT NOT NULL,
    PRIMARY KEY (mailbox, place)
);
