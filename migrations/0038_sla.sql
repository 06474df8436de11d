-- oldest: 0011_keys.sql
-- What is promised on time, for which conversations. Of several that fit, the first in order holds.
CREATE TABLE sla_policy (
  id uuid PRIMARY KEY,
  name string NOT NULL UNIQUE,
  position bigint NOT NULL,
  brand_id uuid REFERENCES brand (id),
  location_id uuid REFERENCES location (id),
  team_id uuid REFERENCES team (id),
  channel string,
  priorities json NOT NULL,
  targets json NOT NULL,
  version bigint NOT NULL,
  created_at moment NOT NULL
);

-- The next deadline of a conversation, of its answer or of its resolution. A policy that is removed may still stand here for a moment.
ALTER TABLE conversation ADD COLUMN sla_policy_id uuid;
ALTER TABLE conversation ADD COLUMN due_kind string;
ALTER TABLE conversation ADD COLUMN due_at moment;
ALTER TABLE conversation ADD COLUMN due_warn_at moment;
CREATE INDEX conversation_due ON conversation (due_at, id) WHERE due_at IS NOT NULL;

-- The clocks of a conversation with a policy. told: 0 nothing yet, 1 warned, 2 breached.
CREATE TABLE sla_clock (
  conversation_id uuid PRIMARY KEY REFERENCES conversation (id),
  answer_kind string,
  answer_from moment, -- since when the customer waits
  answer_due_at moment,
  answer_warn_at moment,
  answer_told bigint NOT NULL,
  resolution_from moment, -- since when it runs; none while the customer is awaited
  resolution_used bigint NOT NULL, -- microseconds that had run before, in the time of its target
  resolution_due_at moment,
  resolution_warn_at moment,
  resolution_told bigint NOT NULL
);
