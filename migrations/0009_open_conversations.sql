-- Who takes part in what is not resolved, and who is mentioned there, without looking at all that was.
ALTER TABLE conversation_participant ADD COLUMN is_open boolean NOT NULL DEFAULT TRUE;
ALTER TABLE mention ADD COLUMN is_open boolean NOT NULL DEFAULT TRUE;
UPDATE conversation_participant SET is_open = FALSE WHERE conversation_id IN (SELECT id FROM conversation WHERE shelf = 2);
UPDATE mention SET is_open = FALSE WHERE conversation_id IN (SELECT id FROM conversation WHERE shelf = 2);
CREATE INDEX conversation_participant_open ON conversation_participant (agent_id, conversation_id) WHERE is_open;
CREATE INDEX conversation_participant_in ON conversation_participant (conversation_id);
CREATE INDEX mention_open ON mention (agent_id, conversation_id) WHERE is_open;
