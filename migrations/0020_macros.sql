-- oldest: 0011_keys.sql
-- What is done to conversations again and again, as one step: a text, and actions in their order. At most one of agent, team and brand is set.
CREATE TABLE macro (
  id uuid PRIMARY KEY,
  name string NOT NULL,
  name_key string NOT NULL,
  mode string, -- what its text becomes: reply or note; none without a text
  texts json NOT NULL,
  actions json NOT NULL,
  home string NOT NULL, -- whom it is for, as one word: within it a name stands once
  agent_id uuid REFERENCES agent (id),
  team_id uuid REFERENCES team (id),
  brand_id uuid REFERENCES brand (id),
  version bigint NOT NULL,
  created_at moment NOT NULL,
  changed_at moment NOT NULL,
  UNIQUE (home, name_key)
);
CREATE TABLE macro_use (
  agent_id uuid NOT NULL REFERENCES agent (id),
  macro_id uuid NOT NULL REFERENCES macro (id),
  times bigint NOT NULL,
  last_used_at moment NOT NULL,
  PRIMARY KEY (agent_id, macro_id)
);
CREATE INDEX macro_use_of ON macro_use (macro_id);
