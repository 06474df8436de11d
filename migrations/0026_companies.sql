-- oldest: 0023_second_factor.sql
-- Where customers work. (The table company is the installation's own.)
CREATE TABLE contact_company (
  id uuid PRIMARY KEY,
  name string NOT NULL,
  name_key string NOT NULL,
  note string NOT NULL,
  version bigint NOT NULL,
  created_at moment NOT NULL
);
CREATE INDEX contact_company_by_name ON contact_company (name_key, id);
-- The part of an e-mail address behind the @; it belongs to one company.
CREATE TABLE contact_company_domain (
  domain string PRIMARY KEY,
  company_id uuid NOT NULL REFERENCES contact_company (id)
);
CREATE INDEX contact_company_domain_of ON contact_company_domain (company_id);
ALTER TABLE contact ADD COLUMN company_id uuid REFERENCES contact_company (id);
CREATE INDEX contact_in_company ON contact (company_id, last_seen_at, id) WHERE company_id IS NOT NULL;
-- An address by what stands behind its @, for those who might belong to a company.
ALTER TABLE contact_identity ADD COLUMN domain string;
UPDATE contact_identity SET domain = substr(value, length(rtrim(value, replace(value, '@', ''))) + 1) WHERE kind = 'email';
CREATE INDEX contact_identity_domain ON contact_identity (domain) WHERE domain IS NOT NULL;
