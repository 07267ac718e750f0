-- What a list of jobs is searched by, beside the state: each as in the spec. Jobs of a release before have none of it.
-- No name that another table has: statements of the release before would not know which is meant.
ALTER TABLE job ADD COLUMN job_kind text;
ALTER TABLE job ADD COLUMN job_name text;
ALTER TABLE job ADD COLUMN job_tags jsonb;
-- Whether it was submitted with secrets. They are gone once it has ended, and nothing else tells of them.
ALTER TABLE job ADD COLUMN had_secrets boolean NOT NULL DEFAULT false;
