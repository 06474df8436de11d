-- oldest: 0011_keys.sql
-- A list that an agent, a team or everyone works through: what is asked of conversations, and in which order they come. At most one of agent, team and brand is set.
CREATE TABLE saved_view (
  id uuid PRIMARY KEY,
  name string NOT NULL,
  name_key string NOT NULL,
  condition json NOT NULL,
  sort string NOT NULL,
  layout string NOT NULL,
  home string NOT NULL, -- whom it is for, as one word: within it a name stands once
  agent_id uuid REFERENCES agent (id),
  team_id uuid REFERENCES team (id),
  brand_id uuid REFERENCES brand (id),
  asked bigint NOT NULL, -- raised when condition or sort change: every conversation is then held against it anew
  state string NOT NULL, -- filling, ready, too_wide, leaving
  scanned_to uuid NOT NULL, -- the last conversation that was held against it while filling
  version bigint NOT NULL,
  created_at moment NOT NULL,
  changed_at moment NOT NULL,
  UNIQUE (home, name_key)
);
-- Which conversations are in a view, and those that time alone will bring in. Scope and assignee are those it is counted under; the nil id stands for nobody and nowhere.
CREATE TABLE saved_view_entry (
  view_id uuid NOT NULL REFERENCES saved_view (id),
  conversation_id uuid NOT NULL REFERENCES conversation (id),
  for_assignee boolean NOT NULL, -- whether it is in the view of whoever it is assigned to
  for_others boolean NOT NULL,
  sort_key bigint NOT NULL,
  due_at moment, -- when the clock alone may change it
  brand_id uuid NOT NULL,
  inbox_id uuid NOT NULL,
  location_id uuid NOT NULL,
  team_id uuid NOT NULL,
  assignee_id uuid NOT NULL,
  PRIMARY KEY (view_id, conversation_id)
);
CREATE INDEX saved_view_entry_of ON saved_view_entry (conversation_id);
CREATE INDEX saved_view_entry_sorted ON saved_view_entry (view_id, sort_key, conversation_id);
CREATE INDEX saved_view_entry_due ON saved_view_entry (due_at) WHERE due_at IS NOT NULL;
-- How many are in a view, by what they are counted under.
CREATE TABLE saved_view_count (
  view_id uuid NOT NULL REFERENCES saved_view (id),
  brand_id uuid NOT NULL,
  inbox_id uuid NOT NULL,
  location_id uuid NOT NULL,
  team_id uuid NOT NULL,
  assignee_id uuid NOT NULL,
  for_assignee bigint NOT NULL,
  for_others bigint NOT NULL,
  PRIMARY KEY (view_id, assignee_id, inbox_id, brand_id, location_id, team_id)
) WITHOUT ROWID;
-- How far the log is followed. The version lets one of several nodes write.
CREATE TABLE saved_view_progress (
  name string PRIMARY KEY,
  position bigint NOT NULL,
  version bigint NOT NULL
);
