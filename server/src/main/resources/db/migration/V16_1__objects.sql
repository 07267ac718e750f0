-- Where an installation has an object store, what came over the wire and what was made of pages lies there, and a row
-- names the object. What a bucket holds of this installation is below an id of its own.
ALTER TABLE capture ALTER COLUMN content DROP NOT NULL;
ALTER TABLE capture ADD COLUMN object uuid;
ALTER TABLE attachment ALTER COLUMN content DROP NOT NULL;
ALTER TABLE attachment ADD COLUMN object uuid;
ALTER TABLE attachment ADD COLUMN bytes int;
CREATE TABLE object_space (id uuid NOT NULL DEFAULT gen_random_uuid());
INSERT INTO object_space DEFAULT VALUES;
