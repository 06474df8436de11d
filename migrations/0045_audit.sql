-- oldest: 0011_keys.sql
-- Every administrative act: who, from where, what was asked. Written in the transaction of the act; nothing changes or removes a row.
CREATE TABLE audit_entry (
  id uuid PRIMARY KEY,
  at moment NOT NULL,
  agent_id uuid REFERENCES agent (id), -- none for a command on the server
  agent_name string NOT NULL,
  through string NOT NULL, -- session, token or command
  address string,
  act string NOT NULL, -- method and route, or the command
  about string NOT NULL, -- the first word of the route: agents, brands ...
  path string NOT NULL,
  subject string, -- what the object was called
  asked json NOT NULL -- without secrets
);
CREATE INDEX audit_entry_at ON audit_entry (at, id);
CREATE INDEX audit_entry_agent ON audit_entry (agent_id, at, id);
CREATE INDEX audit_entry_about ON audit_entry (about, at, id);
