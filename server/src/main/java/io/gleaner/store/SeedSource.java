package io.gleaner.store;

import io.gleaner.job.Candidate;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;

/** The URLs that a job begins with, each key once. Readable any number of times. */
public interface SeedSource extends Iterable<Candidate> {

    int count();

    /** The candidates of a list, of those with the same key the first. */
    static SeedSource of(List<Candidate> candidates) {
        var byKey = new LinkedHashMap<UUID, Candidate>();
        candidates.forEach(candidate -> byKey.putIfAbsent(candidate.key(), candidate));
        List<Candidate> distinct = List.copyOf(byKey.values());
        return new SeedSource() {
            @Override
            public int count() {
                return distinct.size();
            }

            @Override
            public Iterator<Candidate> iterator() {
                return distinct.iterator();
            }
        };
    }
}
