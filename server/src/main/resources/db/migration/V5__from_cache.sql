-- How many of a job's pages were not fetched for it.
ALTER TABLE job ADD COLUMN from_cache bigint NOT NULL DEFAULT 0;
