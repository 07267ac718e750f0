CREATE INDEX CONCURRENTLY webhook_tenant ON webhook (tenant, job_id);
