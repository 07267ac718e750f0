-- What crawls remember of their pages, for whoever crawls them again, goes on with them or finds a shorter way to a
-- page: by URL, apart from the pages, which are read in another order. It goes by the day as pages do.
CREATE TABLE page_memory (
    job_id  uuid NOT NULL,
    key     uuid NOT NULL,                      -- as in seen
    seq     bigint NOT NULL,                    -- its page
    depth   int NOT NULL,                       -- fewest links from a start, as far as is known
    content bytea NOT NULL,                     -- JSON, compressed with Zstandard
    PRIMARY KEY (job_id, key)
) PARTITION BY RANGE (job_id);
ALTER TABLE page_memory ALTER COLUMN content SET STORAGE EXTERNAL;

-- The fewest links that lead to a URL; null for what a page is known by besides.
ALTER TABLE seen ADD COLUMN depth int;

-- How a page stands to that of the crawl before: NEW, CHANGED, SAME or GONE; null where there was none before.
ALTER TABLE page ADD COLUMN change text;
ALTER TABLE page ADD COLUMN diff bytea;

-- Those pages that are not the same, by what has become of them: few of many.
CREATE TABLE page_change (
    job_id uuid NOT NULL,
    change text NOT NULL,
    seq    bigint NOT NULL,
    PRIMARY KEY (job_id, change, seq)
) PARTITION BY RANGE (job_id);

-- The job that a job crawls again, and what became of its pages.
CREATE TABLE recrawl (
    job_id        uuid PRIMARY KEY REFERENCES job (id) ON DELETE CASCADE,
    earlier       uuid NOT NULL,
    new_pages     bigint NOT NULL DEFAULT 0,
    changed_pages bigint NOT NULL DEFAULT 0,
    same_pages    bigint NOT NULL DEFAULT 0,
    gone_pages    bigint NOT NULL DEFAULT 0
) WITH (fillfactor = 50);
