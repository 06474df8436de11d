-- Numbers people say aloud, such as the case number: growing, given by whoever raises the row.
CREATE TABLE counter (
  name string PRIMARY KEY,
  value bigint NOT NULL
);
INSERT INTO counter (name, value) SELECT 'conversation', COALESCE(max(number), 0) FROM conversation;

-- On PostgreSQL many transactions commit at once, so an event gets its position after its commit.
-- postgres
-- Its number among the events of its transaction.
ALTER TABLE event ADD COLUMN ordinal bigint NOT NULL DEFAULT 0;
CREATE INDEX event_unplaced ON event (id) WHERE position IS NULL;
-- Positions are given by whoever holds this row.
INSERT INTO event_reader (name, position) VALUES ('placed', 0);
-- both
