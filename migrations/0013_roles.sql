-- oldest: 0013_roles.sql
-- (A binary from before it knows neither edited roles nor new ones, and would show more than they allow.)
-- The company's own roles, and those that come with Rapport as far as the company has changed them.
CREATE TABLE role (
  id string PRIMARY KEY, -- a word for those that come with Rapport, an id for the company's own
  name string UNIQUE, -- NULL for those that come with Rapport
  permissions json, -- NULL: as the program has it, again
  version bigint NOT NULL
);

-- What the condition of sight asks stands beside the grant; a change of the role moves it.
ALTER TABLE agent_grant ADD COLUMN reads_conversations boolean NOT NULL DEFAULT TRUE;
ALTER TABLE agent_grant ADD COLUMN reads_contacts boolean NOT NULL DEFAULT TRUE;
CREATE INDEX agent_grant_role ON agent_grant (role);

-- What one permission allowed is several now; tokens keep what they had.
UPDATE api_token SET scope = scope || ',conversations.note,conversations.assign' WHERE scope LIKE '%conversations.write%';
UPDATE api_token SET scope = scope || ',teams.manage' WHERE scope LIKE '%agents.manage%';
