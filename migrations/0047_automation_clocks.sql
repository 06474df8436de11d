-- oldest: 0046_automation.sql
-- Rules of time ask who has waited, and what has been resolved, for so long.
CREATE INDEX conversation_waiting ON conversation (waiting_since) WHERE waiting_since IS NOT NULL;
CREATE INDEX conversation_resolved ON conversation (resolved_at) WHERE resolved_at IS NOT NULL;
