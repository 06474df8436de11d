-- oldest: 0011_keys.sql
-- What customers come for, as a tree of three levels. One that was ever chosen is archived, not removed: what was said stays readable.
CREATE TABLE contact_reason (
  id uuid PRIMARY KEY,
  parent_id uuid REFERENCES contact_reason (id),
  brand_id uuid REFERENCES brand (id), -- none is for all brands; below a reason it is that of the reason
  names json NOT NULL,
  position bigint NOT NULL,
  used_at moment,
  archived_at moment,
  version bigint NOT NULL,
  created_at moment NOT NULL
);
CREATE INDEX contact_reason_in ON contact_reason (parent_id);
ALTER TABLE conversation ADD COLUMN contact_reason_id uuid REFERENCES contact_reason (id);
CREATE INDEX conversation_reason ON conversation (contact_reason_id, last_activity_at, id) WHERE contact_reason_id IS NOT NULL;
-- Whether agents are asked for it when they resolve: never, offered or demanded.
ALTER TABLE brand ADD COLUMN ask_contact_reason string NOT NULL DEFAULT 'never';
