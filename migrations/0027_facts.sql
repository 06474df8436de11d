-- oldest: 0023_second_factor.sql
-- What is known of a contact's needs, wants and preferences, with where it is known from.
CREATE TABLE contact_fact (
  id uuid PRIMARY KEY,
  contact_id uuid NOT NULL REFERENCES contact (id),
  kind string NOT NULL,
  text string NOT NULL,
  source string NOT NULL,
  learned_on string NOT NULL, -- a day
  author_id uuid REFERENCES agent (id),
  created_at moment NOT NULL
);
CREATE INDEX contact_fact_of ON contact_fact (contact_id, learned_on);
