-- Why a task needs a browser, where a worker without one has found that out.
ALTER TABLE task ADD COLUMN render_why text;
-- Whether the next task of the queue needs one: a renderer serves it then.
ALTER TABLE host ADD COLUMN for_browser boolean NOT NULL DEFAULT false;
