-- oldest: 0014_tokens.sql
-- (A binary from before it would go on letting in tokens that have expired.)
ALTER TABLE api_token ADD COLUMN name string NOT NULL DEFAULT '';
ALTER TABLE api_token ADD COLUMN expires_at moment;
ALTER TABLE api_token ADD COLUMN per_minute bigint; -- NULL: no limit of its own
