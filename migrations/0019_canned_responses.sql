-- oldest: 0011_keys.sql
-- Answers that are written once and used often. At most one of agent, team and brand is set; none is for everyone.
CREATE TABLE canned_response (
  id uuid PRIMARY KEY,
  name string NOT NULL,
  name_key string NOT NULL,
  shortcut string NOT NULL,
  texts json NOT NULL,
  home string NOT NULL, -- whom it is for, as one word: within it a shortcut stands once
  agent_id uuid REFERENCES agent (id),
  team_id uuid REFERENCES team (id),
  brand_id uuid REFERENCES brand (id),
  version bigint NOT NULL,
  created_at moment NOT NULL,
  changed_at moment NOT NULL,
  UNIQUE (home, shortcut)
);
CREATE TABLE canned_response_use (
  agent_id uuid NOT NULL REFERENCES agent (id),
  canned_response_id uuid NOT NULL REFERENCES canned_response (id),
  times bigint NOT NULL,
  last_used_at moment NOT NULL,
  PRIMARY KEY (agent_id, canned_response_id)
);
CREATE INDEX canned_response_use_of ON canned_response_use (canned_response_id);
