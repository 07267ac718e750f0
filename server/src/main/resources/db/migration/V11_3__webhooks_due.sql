-- Those that have something to tell, or may have.
CREATE INDEX CONCURRENTLY webhook_due ON webhook (next_at) WHERE state = 'OPEN';
