-- When the last task of a cancelled job was gone.
ALTER TABLE job ADD COLUMN swept_at timestamptz;
