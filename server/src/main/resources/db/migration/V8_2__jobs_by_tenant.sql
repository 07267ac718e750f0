-- The list of a tenant's jobs, in one state or, as a merge of four, in any.
CREATE INDEX CONCURRENTLY job_tenant_state ON job (tenant, state, id);
