-- Backups that were finished, so that their age can be told. Where the files lie is not kept: they move.
CREATE TABLE backup (
  id uuid PRIMARY KEY,
  taken_at moment NOT NULL,
  finished_at moment NOT NULL,
  size_bytes bigint NOT NULL,
  file_count bigint NOT NULL
);
