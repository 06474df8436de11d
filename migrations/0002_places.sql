-- The company that runs this installation: one row.
CREATE TABLE company (
  id uuid PRIMARY KEY,
  name string NOT NULL,
  created_at moment NOT NULL,
  set_up_at moment
);

CREATE TABLE brand (
  id uuid PRIMARY KEY,
  name string NOT NULL UNIQUE,
  accent string NOT NULL,
  accent_dark string,
  radius bigint NOT NULL,
  logo_file_id uuid,
  tone string NOT NULL,
  service_model string NOT NULL,
  promise json NOT NULL,
  languages json NOT NULL,
  hours json NOT NULL,
  version bigint NOT NULL,
  created_at moment NOT NULL
);

CREATE TABLE location (
  id uuid PRIMARY KEY,
  kind string NOT NULL,
  parent_id uuid REFERENCES location (id),
  brand_id uuid REFERENCES brand (id),
  name string NOT NULL,
  country string,
  city string NOT NULL,
  address string NOT NULL,
  hours json,
  team_id uuid,
  version bigint NOT NULL,
  created_at moment NOT NULL
);
CREATE INDEX location_parent ON location (parent_id);

-- Every location with all that lies above it, so that a right over a region reaches its stores in one look.
CREATE TABLE location_ancestor (
  location_id uuid NOT NULL REFERENCES location (id),
  ancestor_id uuid NOT NULL REFERENCES location (id),
  PRIMARY KEY (location_id, ancestor_id)
);
