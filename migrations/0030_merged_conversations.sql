-- oldest: 0030_merged_conversations.sql
-- (A binary from before it would let customers join, and agents answer in, what has become a part of another conversation.)
-- A conversation that has become a part of another; it lies on shelf 3, in no list.
ALTER TABLE conversation ADD COLUMN merged_into uuid REFERENCES conversation (id);
CREATE INDEX conversation_merged ON conversation (merged_into) WHERE merged_into IS NOT NULL;

-- What is needed to take two apart again.
CREATE TABLE conversation_merge (
  merged_id uuid PRIMARY KEY REFERENCES conversation (id),
  into_id uuid NOT NULL REFERENCES conversation (id),
  into_seq bigint NOT NULL, -- the newest message there at that time: what has a higher number came since
  location_id uuid REFERENCES location (id), -- where it belonged until then
  team_id uuid REFERENCES team (id),
  inbox_id uuid NOT NULL REFERENCES inbox (id),
  tags json NOT NULL, -- those the other one got from it
  merged_by uuid REFERENCES agent (id),
  merged_at moment NOT NULL
);
CREATE INDEX conversation_merge_into ON conversation_merge (into_id);

-- A session that came with a merge hears what is answered from then on, and no longer than until it leaves.
ALTER TABLE conversation_visitor ADD COLUMN from_seq bigint NOT NULL DEFAULT 0;
ALTER TABLE conversation_visitor ADD COLUMN until_seq bigint NOT NULL DEFAULT 9223372036854775807;
ALTER TABLE conversation_visitor ADD COLUMN came_with uuid;
ALTER TABLE conversation_participant ADD COLUMN came_with uuid;

-- What one conversation has to do with another.
CREATE TABLE conversation_link (
  id uuid PRIMARY KEY,
  from_id uuid NOT NULL REFERENCES conversation (id),
  to_id uuid NOT NULL REFERENCES conversation (id),
  kind string NOT NULL,
  linked_by uuid REFERENCES agent (id),
  linked_at moment NOT NULL,
  UNIQUE (from_id, to_id, kind)
);
CREATE INDEX conversation_link_to ON conversation_link (to_id);
