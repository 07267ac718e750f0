-- Few queues are for browsers; renderers find theirs without reading the others'.
CREATE INDEX CONCURRENTLY host_ready_for_browser ON host (ready_at) WHERE for_browser AND ready_at IS NOT NULL;
