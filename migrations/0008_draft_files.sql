-- Which files a draft names, so that they are not collected as unused while somebody is still writing.
CREATE TABLE draft_file (
  agent_id uuid NOT NULL REFERENCES agent (id),
  conversation_id uuid NOT NULL REFERENCES conversation (id),
  mode string NOT NULL,
  file_id uuid NOT NULL,
  PRIMARY KEY (file_id, agent_id, conversation_id, mode)
);
CREATE INDEX draft_file_of ON draft_file (agent_id, conversation_id, mode);
