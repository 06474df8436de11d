-- oldest: 0046_automation.sql
-- Programs before this one do not read what messages say of the status since.
-- What is done by itself when something happens: a trigger, a condition, a text and actions in their order. At most one of team and brand is set.
CREATE TABLE automation_rule (
  id uuid PRIMARY KEY,
  name string NOT NULL,
  name_key string NOT NULL,
  home string NOT NULL, -- whom it is for, as one word: within it a name stands once
  team_id uuid REFERENCES team (id),
  brand_id uuid REFERENCES brand (id),
  enabled boolean NOT NULL,
  place bigint NOT NULL, -- rules run in this order
  trigger_on string NOT NULL,
  trigger_minutes bigint, -- for triggers of time
  condition json NOT NULL,
  mode string, -- what its text becomes: reply or note; none without a text
  texts json NOT NULL,
  actions json NOT NULL,
  stops boolean NOT NULL, -- later rules do not run for the same event
  since bigint NOT NULL, -- events up to this position happened before it was switched on
  looked_to moment NOT NULL, -- for triggers of time: what came due up to then was looked at
  run_count bigint NOT NULL,
  last_run_at moment,
  version bigint NOT NULL,
  created_at moment NOT NULL,
  changed_at moment NOT NULL,
  UNIQUE (home, name_key)
);
-- What a rule did once, and why. It outlives its rule.
CREATE TABLE automation_run (
  id uuid PRIMARY KEY,
  rule_id uuid NOT NULL,
  rule_name string NOT NULL,
  conversation_id uuid NOT NULL REFERENCES conversation (id),
  cause string NOT NULL, -- the position of the event, or the moment from which time was counted
  trigger_on string NOT NULL,
  depth bigint NOT NULL, -- how many reactions led to the event
  outcome string NOT NULL, -- done, failed, stopped, loop
  held json NOT NULL, -- the clauses that held
  done json NOT NULL, -- each action and what became of it
  at moment NOT NULL,
  UNIQUE (rule_id, conversation_id, cause)
);
CREATE INDEX automation_run_of ON automation_run (rule_id, at, id);
CREATE INDEX automation_run_in ON automation_run (conversation_id, at, id);
CREATE INDEX automation_run_at ON automation_run (at);
-- How far the log is followed, and which rules there are. The version lets one of several nodes write; the other is raised with each change of a rule.
CREATE TABLE automation_progress (
  name string PRIMARY KEY,
  position bigint NOT NULL,
  version bigint NOT NULL,
  rules_version bigint NOT NULL
);
