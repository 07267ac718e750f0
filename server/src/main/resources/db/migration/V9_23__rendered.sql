-- How many of the pages of a job a browser has shown.
ALTER TABLE job ADD COLUMN rendered bigint NOT NULL DEFAULT 0;
