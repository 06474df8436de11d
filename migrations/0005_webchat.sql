-- A visitor's session, from the first thing that must last: a message, a signed identity, an address, a tracked event.
CREATE TABLE webchat_session (
  visitor_id uuid PRIMARY KEY,
  inbox_id uuid NOT NULL REFERENCES inbox (id),
  contact_id uuid REFERENCES contact (id),
  identity_id uuid,
  verification string NOT NULL,
  claimed json NOT NULL,
  language string,
  time_zone string,
  identity_hash bytes,
  created_at moment NOT NULL,
  ended_at moment
);
CREATE INDEX webchat_session_contact ON webchat_session (contact_id);

-- Identity tokens that were logged out; kept until they would have expired anyway.
CREATE TABLE webchat_revoked (
  identity_hash bytes PRIMARY KEY,
  expires_at moment NOT NULL
);

-- Every contact moment of one contact, in the order it happened.
CREATE TABLE timeline_entry (
  id uuid PRIMARY KEY,
  contact_id uuid NOT NULL REFERENCES contact (id),
  at moment NOT NULL,
  type string NOT NULL,
  conversation_id uuid REFERENCES conversation (id),
  note_id uuid,
  title string,
  detail json
);
CREATE INDEX timeline_entry_of ON timeline_entry (contact_id, at, id);
