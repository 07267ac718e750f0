-- What is made of pages besides their content: pictures, PDFs, results of actions. Apart from the pages: whoever reads
-- pages does not read them. They go by the day as pages do. Takes the place of the table for pictures, which no release has had.
DROP TABLE screenshot;
CREATE TABLE attachment (
    job_id     uuid NOT NULL,
    seq        bigint NOT NULL,
    name       text NOT NULL,
    media_type text NOT NULL,
    content    bytea NOT NULL,
    PRIMARY KEY (job_id, seq, name)
) PARTITION BY RANGE (job_id);
ALTER TABLE attachment ALTER COLUMN content SET STORAGE EXTERNAL;
