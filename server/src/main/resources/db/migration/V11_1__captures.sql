-- What came over the wire for the pages of jobs that keep it (warc), compressed, apart from the pages: whoever reads
-- pages does not read it. It goes by the day as pages do.
CREATE TABLE capture (
    job_id  uuid NOT NULL,
    seq     bigint NOT NULL,
    content bytea NOT NULL,
    PRIMARY KEY (job_id, seq)
) PARTITION BY RANGE (job_id);
ALTER TABLE capture ALTER COLUMN content SET STORAGE EXTERNAL;
