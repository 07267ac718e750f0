-- How many tasks there are, without counting them or adding up all hosts: one row for each statement that added or
-- deleted some, folded into one row by whoever reads (Backlog). Kept by the database, so that it is exact whoever
-- writes, processes of the release before included. ADR 33.
CREATE TABLE backlog_change (
    tasks bigint NOT NULL
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_cost_delay = 0,
        autovacuum_vacuum_insert_threshold = -1);

CREATE FUNCTION count_tasks() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO backlog_change (tasks)
    SELECT CASE TG_OP WHEN 'INSERT' THEN n ELSE -n END
    FROM (SELECT count(*) AS n FROM changed) counted
    WHERE n > 0;
    RETURN NULL;
END
$$;

CREATE TRIGGER task_added AFTER INSERT ON task REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION count_tasks();
CREATE TRIGGER task_gone AFTER DELETE ON task REFERENCING OLD TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION count_tasks();

-- Nobody writes tasks between the triggers and the end of this transaction.
INSERT INTO backlog_change (tasks) SELECT count(*) FROM task;
