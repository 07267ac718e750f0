-- Pictures of pages, apart from the pages: whoever reads pages does not read them. They go by the day as pages do.
CREATE TABLE screenshot (
    job_id     uuid NOT NULL,
    seq        bigint NOT NULL,
    media_type text NOT NULL,
    image      bytea NOT NULL,
    PRIMARY KEY (job_id, seq)
) PARTITION BY RANGE (job_id);
ALTER TABLE screenshot ALTER COLUMN image SET STORAGE EXTERNAL;
