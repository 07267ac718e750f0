package io.gleaner.store;

import java.util.Collection;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The URLs that a crawl has met. */
final class Seen {

    private Seen() {}

    /** Remembers keys; answers those that are new. */
    static Set<UUID> add(Handle handle, UUID job, Collection<UUID> keys) {
        if (keys.isEmpty()) {
            return Set.of();
        }
        return handle.createQuery(
                        """
                        INSERT INTO seen (job_id, key)
                        SELECT :job, key FROM unnest(:keys) AS t (key)
                        ON CONFLICT DO NOTHING
                        RETURNING key
                        """)
                .bind("job", job)
                .bindArray("keys", UUID.class, keys.toArray())
                .mapTo(UUID.class)
                .set();
    }
}
