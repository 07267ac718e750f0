-- How often the host said "later" to this URL while it answered others.
ALTER TABLE task ADD COLUMN refusals smallint NOT NULL DEFAULT 0;
