package io.gleaner.bodies;

import io.gleaner.objects.ObjectStore;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Deletes what the object store holds of jobs that are gone. It compares the folders that there are
 * with the jobs that there are, so it needs no memory of what was deleted: whatever an outage or a
 * crash has left is found by the next round.
 */
public final class Leftovers {

    private final ObjectStore objects;
    private final Function<Collection<UUID>, Set<UUID>> known;

    /**
     * @param known which of these jobs there are; a job is there before anything is kept for it
     */
    public Leftovers(ObjectStore objects, Function<Collection<UUID>, Set<UUID>> known) {
        this.objects = objects;
        this.known = known;
    }

    /**
     * Goes through all folders once.
     *
     * @param wanted asked between two folders
     * @return how many objects are gone
     */
    public int delete(BooleanSupplier wanted) {
        int deleted = 0;
        @Nullable UUID last = null;
        while (wanted.getAsBoolean()) {
            List<UUID> folders = objects.folders(last);
            if (folders.isEmpty()) {
                break;
            }
            last = folders.getLast();
            Set<UUID> gone = new HashSet<>(folders);
            gone.removeAll(known.apply(folders));
            for (UUID folder : gone) {
                if (wanted.getAsBoolean()) {
                    deleted += objects.delete(folder);
                }
            }
        }
        return deleted;
    }
}
