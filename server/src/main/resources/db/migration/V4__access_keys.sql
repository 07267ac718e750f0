-- Keys that callers of the API show. Only their hashes are here: what is lost cannot be shown again.
CREATE TABLE access_key (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name       text NOT NULL,
    hint       text NOT NULL,                   -- how the key begins, to recognise it by
    hash       bytea NOT NULL UNIQUE,           -- SHA-256; a key has 256 random bits, so no salt and no stretching
    admin      boolean NOT NULL,
    per_minute int CHECK (per_minute > 0),      -- most requests in a minute; null for any number
    created_at timestamptz NOT NULL DEFAULT now(),
    revoked_at timestamptz
);
