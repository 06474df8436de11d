-- oldest: 0033_scheduled_replies.sql
-- (A binary from before it would not take one back when the customer writes first, and could not send it.)
-- Replies that wait for their time; each has a job. A row goes in the transaction in which it is sent or taken back.
CREATE TABLE scheduled_reply (
  id uuid PRIMARY KEY,
  conversation_id uuid NOT NULL REFERENCES conversation (id),
  agent_id uuid NOT NULL REFERENCES agent (id),
  text string NOT NULL,
  attachment_ids json NOT NULL,
  identity_id uuid,
  after_it string, -- what happens to the conversation then
  send_at moment NOT NULL,
  created_at moment NOT NULL
);
CREATE INDEX scheduled_reply_in ON scheduled_reply (conversation_id, send_at);
