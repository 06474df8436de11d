-- oldest: 0030_merged_conversations.sql
-- Teams that were mentioned in a note; their members of that moment have mentions of their own.
CREATE TABLE team_mention (
  message_id uuid NOT NULL REFERENCES message (id),
  team_id uuid NOT NULL REFERENCES team (id),
  PRIMARY KEY (message_id, team_id)
);
CREATE INDEX team_mention_of ON team_mention (team_id);
