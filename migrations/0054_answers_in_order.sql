-- oldest: 0011_keys.sql
-- Answers stand in the order in which they were given, and only what finds them is sorted by who asked. Kept whole in the sorted tree,
-- each one had a page of its own to write: nearly half of what a message wrote. PostgreSQL's tables are in that order anyway.
-- sqlite
ALTER TABLE idempotency RENAME TO idempotency_before;
CREATE TABLE idempotency (
  actor uuid NOT NULL,
  key string NOT NULL,
  request bytes NOT NULL,
  answer json NOT NULL,
  created_at moment NOT NULL,
  PRIMARY KEY (actor, key)
);
INSERT INTO idempotency SELECT actor, key, request, answer, created_at FROM idempotency_before ORDER BY created_at;
DROP TABLE idempotency_before;
CREATE INDEX idempotency_age ON idempotency (created_at);
-- both
