-- oldest: 0011_keys.sql
-- Contacts from a file: what the file says, how far it has come, what it did.
CREATE TABLE contact_import (
  id uuid PRIMARY KEY,
  agent_id uuid NOT NULL REFERENCES agent (id),
  name string NOT NULL,
  file_hash string NOT NULL,
  size_bytes bigint NOT NULL,
  state string NOT NULL, -- draft, running, done, stopped, failed, undoing, undone
  settings json NOT NULL, -- how the file is written, its columns and what they mean
  row_count bigint NOT NULL,
  done_rows bigint NOT NULL,
  created_count bigint NOT NULL,
  updated_count bigint NOT NULL,
  unchanged_count bigint NOT NULL,
  refused_count bigint NOT NULL,
  undone_to bigint NOT NULL, -- rows from this one on were taken back
  taken_back_count bigint NOT NULL,
  kept_count bigint NOT NULL,
  problem string,
  version bigint NOT NULL,
  created_at moment NOT NULL,
  started_at moment,
  ended_at moment,
  removed_at moment -- it is shown no more, and goes with its file
);
CREATE INDEX contact_import_at ON contact_import (created_at, id);
-- Taking a contact out asks whether others became a part of it.
CREATE INDEX contact_merged_into ON contact (merged_into) WHERE merged_into IS NOT NULL;
-- What became of each row that did something or was refused. The contact may be gone again, so nothing holds it here.
CREATE TABLE contact_import_row (
  import_id uuid NOT NULL REFERENCES contact_import (id),
  row_number bigint NOT NULL,
  line bigint NOT NULL,
  outcome string NOT NULL, -- created, updated, refused
  contact_id uuid,
  contact_version bigint, -- of a created contact after the import last wrote it
  problem string,
  change json, -- what was, and what it says now
  kept_because string, -- why it could not be taken back whole
  PRIMARY KEY (import_id, row_number)
);
CREATE INDEX contact_import_row_of ON contact_import_row (import_id, contact_id);
-- Companies that an import added.
CREATE TABLE contact_import_company (
  import_id uuid NOT NULL REFERENCES contact_import (id),
  company_id uuid NOT NULL,
  PRIMARY KEY (import_id, company_id)
);
