-- oldest: 0013_roles.sql
-- (A binary from before it knows neither edited roles nor new ones, and would show more than they allow.)
CREATE TABLE role (
  id string PRIMARY KEY, -- a word for those that come with Rapport, an id for the company's own
  name string UNIQUE, -- NULL for those that come with Rapport
  permissions json, -- NULL: as the program has it
  version bigint NOT NULL
);
INSERT INTO role (id, version) VALUES ('administrator', 1);
INSERT INTO role (id, version) VALUES ('supervisor', 1);
INSERT INTO role (id, version) VALUES ('agent', 1);
INSERT INTO role (id, version) VALUES ('light_agent', 1);
INSERT INTO role (id, version) VALUES ('read_only', 1);

-- What the condition of sight asks stands beside the grant; a change of the role moves it.
ALTER TABLE agent_grant ADD COLUMN reads_conversations boolean NOT NULL DEFAULT TRUE;
ALTER TABLE agent_grant ADD COLUMN reads_contacts boolean NOT NULL DEFAULT TRUE;
CREATE INDEX agent_grant_role ON agent_grant (role);

-- What one permission allowed is several now; tokens keep what they had.
UPDATE api_token SET scope = scope || ',conversations.note,conversations.assign' WHERE scope LIKE '%conversations.write%';
UPDATE api_token SET scope = scope || ',teams.manage' WHERE scope LIKE '%agents.manage%';
