-- The log. Position is gapless and in commit order; on SQLite the writer gives it.
CREATE TABLE event (
  -- sqlite
  position INTEGER PRIMARY KEY,
  id uuid NOT NULL,
  -- postgres
  position bigint UNIQUE,
  id uuid PRIMARY KEY,
  -- both
  at moment NOT NULL,
  kind string NOT NULL,
  schema bigint NOT NULL,
  actor_kind string NOT NULL,
  actor_id uuid,
  stream uuid NOT NULL,
  version bigint NOT NULL,
  subject uuid,
  scope json NOT NULL,
  caused_by bigint,
  depth bigint NOT NULL,
  payload json NOT NULL
);

-- How far each reader of the log has come.
CREATE TABLE event_reader (
  name string PRIMARY KEY,
  position bigint NOT NULL
);

CREATE TABLE reaction_retry (
  reaction string NOT NULL,
  stream uuid NOT NULL,
  position bigint NOT NULL,
  attempts bigint NOT NULL,
  next_at moment NOT NULL,
  error string NOT NULL,
  PRIMARY KEY (reaction, position)
);
CREATE INDEX reaction_retry_stream ON reaction_retry (reaction, stream, position);
CREATE INDEX reaction_retry_due ON reaction_retry (next_at);

CREATE TABLE job (
  id uuid PRIMARY KEY,
  kind string NOT NULL,
  payload json NOT NULL,
  unique_key string NOT NULL UNIQUE,
  run_at moment NOT NULL,
  lease_until moment NOT NULL,
  fence bigint NOT NULL,
  attempts bigint NOT NULL,
  created_at moment NOT NULL,
  failed_at moment,
  last_error string
);
CREATE INDEX job_due ON job (run_at);

-- Answers kept so that a repeated request has one effect.
CREATE TABLE idempotency (
  actor uuid NOT NULL,
  key string NOT NULL,
  request bytes NOT NULL,
  answer json NOT NULL,
  created_at moment NOT NULL,
  PRIMARY KEY (actor, key)
) WITHOUT ROWID;
CREATE INDEX idempotency_age ON idempotency (created_at);

CREATE TABLE blob (
  hash string PRIMARY KEY,
  size_bytes bigint NOT NULL,
  created_at moment NOT NULL
);
CREATE TABLE blob_reference (
  hash string NOT NULL REFERENCES blob (hash),
  owner_kind string NOT NULL,
  owner_id uuid NOT NULL,
  PRIMARY KEY (hash, owner_kind, owner_id)
);

-- Page views and the like: many, cheap, kept 90 days, may be lost in a crash.
CREATE TABLE sighting (
  id uuid PRIMARY KEY,
  who uuid NOT NULL,
  at moment NOT NULL,
  kind string NOT NULL,
  what string NOT NULL,
  title string
);
CREATE INDEX sighting_of ON sighting (who, at);
CREATE INDEX sighting_age ON sighting (at);
