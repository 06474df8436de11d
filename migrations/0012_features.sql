-- oldest: 0011_keys.sql
-- Whether a feature is offered, otherwise than the code says; to everyone, or to one brand, team or agent. An expired row says nothing.
CREATE TABLE feature (
  id uuid PRIMARY KEY,
  name string NOT NULL, -- a word the code knows, or knew
  brand_id uuid REFERENCES brand (id), -- at most one of the three
  team_id uuid REFERENCES team (id),
  agent_id uuid REFERENCES agent (id),
  is_on boolean NOT NULL,
  expires_at moment,
  note string NOT NULL,
  set_by string NOT NULL,
  set_at moment NOT NULL
);
CREATE INDEX feature_by_name ON feature (name);
