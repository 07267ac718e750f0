-- No reference: each would lock the tenant's row for every submission.
ALTER TABLE job ADD COLUMN tenant bigint NOT NULL DEFAULT 1;
-- Request headers that may be a secret, sealed (docs/adr/0045-secrets-of-jobs.md); null once the job has ended.
ALTER TABLE job ADD COLUMN secrets bytea;
