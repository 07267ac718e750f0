-- A tenant's jobs by age, with all that they are searched by: any filter reads this index and no job that it leaves out.
-- All of it but the state never changes, and the state only once: counters are still updated in place.
-- Every job has such a priority. Only a search says so too, so that no other statement takes this index for the key.
CREATE INDEX CONCURRENTLY job_search ON job (tenant, id) INCLUDE (state, job_kind, job_name, job_tags)
    WHERE priority >= 0;
