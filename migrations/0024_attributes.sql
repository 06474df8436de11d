-- oldest: 0023_second_factor.sql
-- What the company keeps of contacts and conversations beside what Rapport knows: each with a key, names and a kind.
CREATE TABLE attribute (
  id uuid PRIMARY KEY,
  owner_kind string NOT NULL, -- contact or conversation
  key string NOT NULL,
  names json NOT NULL,
  kind string NOT NULL,
  pattern string,
  minimum bigint, -- in ten-thousandths, as numbers are found
  maximum bigint,
  choices json NOT NULL,
  is_required boolean NOT NULL,
  position bigint NOT NULL,
  archived_at moment,
  version bigint NOT NULL,
  created_at moment NOT NULL,
  UNIQUE (owner_kind, key)
);
-- The values stand in the row of their owner, where they are shown; these find the owner by a value.
ALTER TABLE contact ADD COLUMN attributes json NOT NULL DEFAULT '{}';
CREATE TABLE contact_attribute (
  contact_id uuid NOT NULL REFERENCES contact (id),
  attribute_id uuid NOT NULL REFERENCES attribute (id),
  place bigint NOT NULL, -- the n-th of several choices
  text_key string,
  number bigint,
  PRIMARY KEY (contact_id, attribute_id, place)
);
CREATE INDEX contact_attribute_text ON contact_attribute (attribute_id, text_key, contact_id);
CREATE INDEX contact_attribute_number ON contact_attribute (attribute_id, number, contact_id);
ALTER TABLE conversation ADD COLUMN attributes json NOT NULL DEFAULT '{}';
CREATE TABLE conversation_attribute (
  conversation_id uuid NOT NULL REFERENCES conversation (id),
  attribute_id uuid NOT NULL REFERENCES attribute (id),
  place bigint NOT NULL,
  text_key string,
  number bigint,
  PRIMARY KEY (conversation_id, attribute_id, place)
);
CREATE INDEX conversation_attribute_text ON conversation_attribute (attribute_id, text_key, conversation_id);
CREATE INDEX conversation_attribute_number ON conversation_attribute (attribute_id, number, conversation_id);
