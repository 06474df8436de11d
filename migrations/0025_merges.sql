-- oldest: 0023_second_factor.sql
-- A merge of two contacts says who did it, at which version of the survivor, and whether it was taken back.
ALTER TABLE contact_merge ADD COLUMN merged_by uuid REFERENCES agent (id);
ALTER TABLE contact_merge ADD COLUMN merged_version bigint;
ALTER TABLE contact_merge ADD COLUMN undone_at moment;
ALTER TABLE contact_merge ADD COLUMN undone_by uuid REFERENCES agent (id);
ALTER TABLE contact_merge ADD COLUMN undone_version bigint;
CREATE INDEX contact_merge_into ON contact_merge (into_id, merged_at);
CREATE INDEX contact_merge_from ON contact_merge (from_id);
-- Which rows of other parts moved with it, so that exactly these go back.
CREATE TABLE contact_merge_row (
  merge_id uuid NOT NULL REFERENCES contact_merge (id),
  kind string NOT NULL,
  row_id uuid NOT NULL,
  PRIMARY KEY (merge_id, kind, row_id)
);
-- Two who look alike, and somebody said that they are not the same. The lesser id stands first.
CREATE TABLE contact_distinct (
  contact_id uuid NOT NULL REFERENCES contact (id),
  other_id uuid NOT NULL REFERENCES contact (id),
  said_by uuid REFERENCES agent (id),
  said_at moment NOT NULL,
  PRIMARY KEY (contact_id, other_id)
);
CREATE INDEX contact_distinct_other ON contact_distinct (other_id);
