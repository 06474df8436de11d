-- oldest: 0039_assignment.sql
-- (A binary from before it does not keep the loads.)
-- How a team's new work is given out.
CREATE TABLE team_assignment (
  team_id uuid PRIMARY KEY REFERENCES team (id),
  method string NOT NULL, -- manual, round_robin or least_loaded
  previous_agent_first boolean NOT NULL,
  in_business_hours boolean NOT NULL,
  overflow_team_id uuid REFERENCES team (id),
  overflow_minutes bigint,
  turn bigint NOT NULL, -- raised with each assignment
  version bigint NOT NULL
);
-- Whose turn it was last: who has the smallest number is next.
CREATE TABLE agent_turn (
  team_id uuid NOT NULL REFERENCES team (id),
  agent_id uuid NOT NULL REFERENCES agent (id),
  turn bigint NOT NULL,
  PRIMARY KEY (team_id, agent_id)
);
CREATE TABLE agent_profile (
  agent_id uuid PRIMARY KEY REFERENCES agent (id),
  capacity bigint, -- none takes that of the company
  skills json NOT NULL,
  languages json NOT NULL,
  absent_until moment,
  away_since moment,
  version bigint NOT NULL
);
-- For the whole company: one row, or none.
CREATE TABLE assignment_setting (
  id uuid PRIMARY KEY,
  capacity bigint NOT NULL,
  weights json NOT NULL, -- how much room a conversation takes, by channel
  away_minutes bigint,
  version bigint NOT NULL
);
-- How many open and waiting conversations an agent has, by channel; kept with every change.
CREATE TABLE agent_load (
  agent_id uuid NOT NULL REFERENCES agent (id),
  channel string NOT NULL,
  n bigint NOT NULL,
  PRIMARY KEY (agent_id, channel)
);
INSERT INTO agent_load (agent_id, channel, n)
  SELECT assignee_id, channel, count(*) FROM conversation WHERE assignee_id IS NOT NULL AND shelf = 0 GROUP BY assignee_id, channel;
-- Since when an open conversation of a team is nobody's.
ALTER TABLE conversation ADD COLUMN queued_at moment;
UPDATE conversation SET queued_at = COALESCE(waiting_since, created_at) WHERE team_id IS NOT NULL AND assignee_id IS NULL AND status = 'open';
CREATE INDEX conversation_queue ON conversation (team_id, queued_at, id) WHERE queued_at IS NOT NULL;
-- How long conversations stood in a team's queue, from which the honest wait is told.
CREATE TABLE queue_time (
  conversation_id uuid PRIMARY KEY REFERENCES conversation (id),
  team_id uuid NOT NULL,
  assigned_at moment NOT NULL,
  seconds bigint NOT NULL
);
CREATE INDEX queue_time_of ON queue_time (team_id, assigned_at);
