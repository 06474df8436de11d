-- oldest: 0011_keys.sql
-- (A binary from before it cannot read what is sealed from now on.)
-- Which master keys this database needs, by name; the keys themselves are never in it.
CREATE TABLE master_key (
  fingerprint string PRIMARY KEY,
  state string NOT NULL,
  since moment NOT NULL,
  noted_at moment NOT NULL
);
