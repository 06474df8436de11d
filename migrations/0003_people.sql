CREATE TABLE agent (
  id uuid PRIMARY KEY,
  name string NOT NULL,
  email string NOT NULL UNIQUE,
  password_hash string,
  availability string NOT NULL,
  language string NOT NULL,
  time_zone string NOT NULL,
  settings json NOT NULL,
  disabled_at moment,
  last_seen_at moment,
  version bigint NOT NULL,
  created_at moment NOT NULL
);

-- A role over a part of the company; NULL is everywhere.
CREATE TABLE agent_grant (
  id uuid PRIMARY KEY,
  agent_id uuid NOT NULL REFERENCES agent (id),
  role string NOT NULL,
  brand_id uuid REFERENCES brand (id),
  location_id uuid REFERENCES location (id),
  team_id uuid,
  inbox_id uuid
);
CREATE INDEX agent_grant_of ON agent_grant (agent_id);

CREATE TABLE team (
  id uuid PRIMARY KEY,
  name string NOT NULL UNIQUE,
  version bigint NOT NULL,
  created_at moment NOT NULL
);
CREATE TABLE team_member (
  team_id uuid NOT NULL REFERENCES team (id),
  agent_id uuid NOT NULL REFERENCES agent (id),
  PRIMARY KEY (team_id, agent_id)
);
CREATE INDEX team_member_of ON team_member (agent_id);

-- A signed-in browser. Only the hash of its cookie is kept.
CREATE TABLE agent_session (
  id uuid PRIMARY KEY,
  agent_id uuid NOT NULL REFERENCES agent (id),
  token_hash bytes NOT NULL UNIQUE,
  user_agent string NOT NULL,
  created_at moment NOT NULL,
  last_seen_at moment NOT NULL
);
CREATE INDEX agent_session_of ON agent_session (agent_id);

-- Links that work once: invitation, reset, sign-in, first set-up.
CREATE TABLE agent_link (
  token_hash bytes PRIMARY KEY,
  kind string NOT NULL,
  agent_id uuid REFERENCES agent (id),
  created_at moment NOT NULL,
  expires_at moment NOT NULL,
  used_at moment
);

CREATE TABLE api_token (
  id uuid PRIMARY KEY,
  agent_id uuid NOT NULL REFERENCES agent (id),
  token_hash bytes NOT NULL UNIQUE,
  scope string NOT NULL,
  hint string NOT NULL,
  created_at moment NOT NULL,
  last_used_at moment,
  revoked_at moment
);

CREATE TABLE contact (
  id uuid PRIMARY KEY,
  name string,
  name_key string NOT NULL,
  language string,
  time_zone string,
  country string,
  verification string NOT NULL,
  first_seen_at moment NOT NULL,
  last_seen_at moment NOT NULL,
  conversation_count bigint NOT NULL,
  merged_into uuid REFERENCES contact (id),
  version bigint NOT NULL,
  created_at moment NOT NULL
);
CREATE INDEX contact_by_name ON contact (name_key, id);
CREATE INDEX contact_by_age ON contact (last_seen_at, id);

CREATE TABLE contact_identity (
  id uuid PRIMARY KEY,
  contact_id uuid NOT NULL REFERENCES contact (id),
  kind string NOT NULL,
  value string NOT NULL,
  brand_id uuid,
  verification string NOT NULL,
  verified_how string,
  verified_at moment,
  reachable boolean NOT NULL,
  created_at moment NOT NULL
);
CREATE INDEX contact_identity_of ON contact_identity (contact_id);
CREATE INDEX contact_identity_value ON contact_identity (kind, value);
-- What was proved belongs to one contact; what was only claimed may be claimed by many.
CREATE UNIQUE INDEX contact_identity_proved ON contact_identity (kind, value) WHERE verification IN ('channel_verified', 'signed', 'confirmed');

CREATE TABLE contact_note (
  id uuid PRIMARY KEY,
  contact_id uuid NOT NULL REFERENCES contact (id),
  author_id uuid REFERENCES agent (id),
  text string NOT NULL,
  created_at moment NOT NULL
);
CREATE INDEX contact_note_of ON contact_note (contact_id, created_at);

-- Every join of two contacts with its proof and what moved, so that it can be undone.
CREATE TABLE contact_merge (
  id uuid PRIMARY KEY,
  from_id uuid NOT NULL REFERENCES contact (id),
  into_id uuid NOT NULL REFERENCES contact (id),
  proof string NOT NULL,
  moved json NOT NULL,
  merged_at moment NOT NULL
);
