-- oldest: 0023_second_factor.sql
-- (A binary from before it lets in whoever has the password alone.)
-- The authenticator app of an agent (RFC 6238). One that no code has confirmed yet protects nothing.
CREATE TABLE second_factor (
  agent_id uuid PRIMARY KEY REFERENCES agent (id),
  secret bytes NOT NULL, -- sealed
  last_step bigint NOT NULL, -- of the newest code that was used: none is good twice
  confirmed_at moment,
  created_at moment NOT NULL
);

-- For whoever has lost the device; each works once.
CREATE TABLE recovery_code (
  code_hash bytes PRIMARY KEY,
  agent_id uuid NOT NULL REFERENCES agent (id),
  created_at moment NOT NULL,
  used_at moment
);
CREATE INDEX recovery_code_of ON recovery_code (agent_id);

-- Whether every agent must have one before they may do anything.
ALTER TABLE company ADD COLUMN requires_second_factor boolean NOT NULL DEFAULT FALSE;
