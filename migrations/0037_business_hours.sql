-- oldest: 0011_keys.sql
-- Days on which it is open at other hours than on that day of the week, or not at all: holidays, a stocktaking, Christmas trade.
ALTER TABLE brand ADD COLUMN special_days json NOT NULL DEFAULT '[]';
ALTER TABLE location ADD COLUMN special_days json NOT NULL DEFAULT '[]';
-- Whether those of the region and the brand hold here as well, where none of its own is for the same day.
ALTER TABLE location ADD COLUMN inherits_special_days boolean NOT NULL DEFAULT TRUE;
-- Hours of the team's own; none takes those of the location, or of the brand.
ALTER TABLE team ADD COLUMN hours json;
ALTER TABLE team ADD COLUMN special_days json NOT NULL DEFAULT '[]';
ALTER TABLE team ADD COLUMN inherits_special_days boolean NOT NULL DEFAULT TRUE;
