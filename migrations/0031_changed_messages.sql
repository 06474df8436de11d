-- oldest: 0030_merged_conversations.sql
-- Messages that were edited, or whose text and files were removed for good.
ALTER TABLE message ADD COLUMN edited_at moment;
ALTER TABLE message ADD COLUMN redacted_at moment;
ALTER TABLE message ADD COLUMN redacted_by string;
-- The position of the event of its last change: a chat that was away is told what has changed since.
ALTER TABLE message ADD COLUMN changed_position bigint;
CREATE INDEX message_changed ON message (conversation_id, changed_position) WHERE changed_position IS NOT NULL;

-- What an edited message said before, for the team; it goes when the message is redacted.
CREATE TABLE message_edit (
  id uuid PRIMARY KEY,
  message_id uuid NOT NULL REFERENCES message (id),
  text string NOT NULL,
  edited_by uuid REFERENCES agent (id),
  edited_at moment NOT NULL -- until when it said so
);
CREATE INDEX message_edit_of ON message_edit (message_id, edited_at);
