-- A configured channel of a brand or location.
CREATE TABLE inbox (
  id uuid PRIMARY KEY,
  channel string NOT NULL,
  name string NOT NULL UNIQUE,
  key string NOT NULL UNIQUE,
  brand_id uuid NOT NULL REFERENCES brand (id),
  location_id uuid REFERENCES location (id),
  team_id uuid REFERENCES team (id),
  allowed_origins json NOT NULL,
  max_attachment_bytes bigint NOT NULL,
  ask_email_when_closed boolean NOT NULL,
  disabled_at moment,
  version bigint NOT NULL,
  created_at moment NOT NULL
);
CREATE TABLE inbox_signing_key (
  id uuid PRIMARY KEY,
  inbox_id uuid NOT NULL REFERENCES inbox (id),
  secret bytes NOT NULL,
  hint string NOT NULL,
  created_at moment NOT NULL
);
CREATE INDEX inbox_signing_key_of ON inbox_signing_key (inbox_id);

CREATE TABLE conversation (
  id uuid PRIMARY KEY,
  number bigint NOT NULL,
  contact_id uuid NOT NULL REFERENCES contact (id),
  brand_id uuid NOT NULL REFERENCES brand (id),
  location_id uuid REFERENCES location (id),
  team_id uuid REFERENCES team (id),
  inbox_id uuid NOT NULL REFERENCES inbox (id),
  assignee_id uuid REFERENCES agent (id),
  channel string NOT NULL,
  subject string NOT NULL,
  status string NOT NULL,
  shelf bigint NOT NULL,
  priority string NOT NULL,
  tags json NOT NULL,
  snoozed_until moment,
  snoozed_until_answer boolean NOT NULL,
  version bigint NOT NULL,
  public_version bigint NOT NULL,
  last_seq bigint NOT NULL,
  inbound_count bigint NOT NULL,
  team_read_seq bigint NOT NULL,
  customer_delivered_seq bigint NOT NULL,
  customer_read_seq bigint NOT NULL,
  preview_text string NOT NULL,
  preview_kind string NOT NULL,
  preview_author_kind string NOT NULL,
  preview_author_name string,
  reply_identity_id uuid,
  last_activity_at moment NOT NULL,
  waiting_since moment,
  answered_at moment,
  created_at moment NOT NULL,
  resolved_at moment
);
-- shelf: 0 active (open, waiting), 1 snoozed, 2 resolved.
CREATE INDEX conversation_shelf ON conversation (shelf, last_activity_at, id);
CREATE INDEX conversation_assignee ON conversation (assignee_id, shelf, last_activity_at, id);
CREATE INDEX conversation_contact ON conversation (contact_id, last_activity_at);
CREATE INDEX conversation_team ON conversation (team_id, last_activity_at, id) WHERE shelf = 0 AND team_id IS NOT NULL;
CREATE INDEX conversation_inbox ON conversation (inbox_id, shelf, last_activity_at, id);

CREATE TABLE message (
  id uuid PRIMARY KEY,
  conversation_id uuid NOT NULL REFERENCES conversation (id),
  seq bigint NOT NULL,
  position bigint,
  kind string NOT NULL,
  author_kind string NOT NULL,
  author_id uuid,
  author_name string,
  text string NOT NULL,
  detail json,
  channel string NOT NULL,
  inbox_id uuid NOT NULL,
  identity_id uuid,
  visitor_id uuid,
  verification string,
  delivery string,
  client_key string,
  created_at moment NOT NULL,
  UNIQUE (conversation_id, seq)
);

-- Which visitor sessions take part in a conversation.
CREATE TABLE conversation_visitor (
  conversation_id uuid NOT NULL REFERENCES conversation (id),
  visitor_id uuid NOT NULL,
  PRIMARY KEY (visitor_id, conversation_id)
);
CREATE INDEX conversation_visitor_of ON conversation_visitor (conversation_id);

CREATE TABLE mention (
  message_id uuid NOT NULL REFERENCES message (id),
  agent_id uuid NOT NULL REFERENCES agent (id),
  conversation_id uuid NOT NULL REFERENCES conversation (id),
  mentioned_at moment NOT NULL,
  PRIMARY KEY (message_id, agent_id)
);
CREATE INDEX mention_of ON mention (agent_id, conversation_id);
CREATE INDEX mention_in ON mention (conversation_id);

-- Agents who wrote in a conversation.
CREATE TABLE conversation_participant (
  conversation_id uuid NOT NULL REFERENCES conversation (id),
  agent_id uuid NOT NULL REFERENCES agent (id),
  PRIMARY KEY (agent_id, conversation_id)
);

-- How many of the customer's messages an agent has read.
CREATE TABLE conversation_read (
  agent_id uuid NOT NULL REFERENCES agent (id),
  conversation_id uuid NOT NULL REFERENCES conversation (id),
  read_count bigint NOT NULL,
  PRIMARY KEY (agent_id, conversation_id)
);

CREATE TABLE draft (
  agent_id uuid NOT NULL REFERENCES agent (id),
  conversation_id uuid NOT NULL REFERENCES conversation (id),
  mode string NOT NULL,
  text string NOT NULL,
  attachment_ids json NOT NULL,
  updated_at moment NOT NULL,
  PRIMARY KEY (agent_id, conversation_id, mode)
);

-- Kept counts; the nil id stands for nobody and nowhere. Shards keep busy keys apart.
CREATE TABLE conversation_count (
  brand_id uuid NOT NULL,
  inbox_id uuid NOT NULL,
  location_id uuid NOT NULL,
  team_id uuid NOT NULL,
  assignee_id uuid NOT NULL,
  status string NOT NULL,
  shard bigint NOT NULL,
  n bigint NOT NULL,
  PRIMARY KEY (status, assignee_id, inbox_id, brand_id, location_id, team_id, shard)
) WITHOUT ROWID;

-- An uploaded file. Until it is attached to a message only its uploader may see it.
CREATE TABLE file (
  id uuid PRIMARY KEY,
  hash string NOT NULL REFERENCES blob (hash),
  name string NOT NULL,
  content_type string NOT NULL,
  size_bytes bigint NOT NULL,
  uploader uuid NOT NULL,
  message_id uuid REFERENCES message (id),
  is_public boolean NOT NULL,
  created_at moment NOT NULL
);
CREATE INDEX file_of ON file (message_id);
CREATE INDEX file_unused ON file (created_at) WHERE message_id IS NULL;

-- First answers of an inbox, from which the honest wait is told.
CREATE TABLE answer_time (
  conversation_id uuid PRIMARY KEY REFERENCES conversation (id),
  inbox_id uuid NOT NULL,
  answered_at moment NOT NULL,
  seconds bigint NOT NULL
);
CREATE INDEX answer_time_of ON answer_time (inbox_id, answered_at);
