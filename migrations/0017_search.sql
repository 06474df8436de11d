-- oldest: 0012_features.sql
-- The index of search, made from what is searched and at any time made anew. Documents have numbers in the order in which the index met them, and
-- lie in blocks of 65,536 numbers; a set of documents is written as bytes, a block at a time.

-- One row for each index: the one that answers, and while it is made anew its successor.
CREATE TABLE search_index (
  generation bigint PRIMARY KEY,
  state string NOT NULL, -- building, serving, leaving
  scanned_to uuid NOT NULL, -- messages up to here are in it, whatever the log says
  is_scanned boolean NOT NULL,
  position bigint NOT NULL, -- of the log, for what came later
  next_number bigint NOT NULL,
  next_segment bigint NOT NULL,
  version bigint NOT NULL, -- raised by whoever writes any of it: of two, one begins again
  begun_at moment NOT NULL
);

-- What is found: a message, or the subject of a conversation, which has the conversation's id for its own.
CREATE TABLE search_document (
  generation bigint NOT NULL,
  number bigint NOT NULL,
  item_id uuid NOT NULL,
  conversation_id uuid NOT NULL,
  fingerprint bigint NOT NULL, -- of its text
  PRIMARY KEY (generation, number)
);
CREATE UNIQUE INDEX search_document_of ON search_document (generation, conversation_id, item_id);

-- The marks of a conversation's documents: its scope, status, assignee and tags.
CREATE TABLE search_conversation (
  generation bigint NOT NULL,
  conversation_id uuid NOT NULL,
  marks json NOT NULL,
  PRIMARY KEY (generation, conversation_id)
);

-- Which documents of a block have a mark.
CREATE TABLE search_mark (
  generation bigint NOT NULL,
  mark string NOT NULL,
  block bigint NOT NULL,
  places bytes NOT NULL,
  PRIMARY KEY (generation, mark, block)
);

-- The words: segments of a block, each with its terms in pages.
CREATE TABLE search_segment (
  generation bigint NOT NULL,
  block bigint NOT NULL,
  segment bigint NOT NULL,
  tier bigint NOT NULL,
  PRIMARY KEY (generation, block, segment)
);
CREATE TABLE search_page (
  generation bigint NOT NULL,
  block bigint NOT NULL,
  segment bigint NOT NULL,
  first_term string NOT NULL,
  entries bytes NOT NULL,
  PRIMARY KEY (generation, block, segment, first_term)
);

-- A case is found by its number without looking at all of them.
CREATE INDEX conversation_number ON conversation (number);
