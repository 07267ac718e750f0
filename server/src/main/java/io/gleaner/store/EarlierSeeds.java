package io.gleaner.store;

import io.gleaner.job.Candidate;
import io.gleaner.job.FaultCode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * The URLs of a crawl that has ended, for one that does it again. Those that another URL stands for
 * are left out: they come again by the links that led to them.
 */
public final class EarlierSeeds implements SeedSource {

    private static final int CHUNK = 1_000;

    private final Pages pages;
    private final UUID job;
    private final Function<String, Optional<Candidate>> candidate;
    private final int count;

    /**
     * @param candidate a URL as the crawl knows it; empty when it is outside
     */
    public EarlierSeeds(Pages pages, UUID job, Function<String, Optional<Candidate>> candidate) {
        this.pages = pages;
        this.job = job;
        this.candidate = candidate;
        int counted = 0;
        for (Candidate _ : this) {
            counted++;
        }
        this.count = counted;
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public Iterator<Candidate> iterator() {
        return new Read();
    }

    private final class Read implements Iterator<Candidate> {
        private final Deque<Candidate> ready = new ArrayDeque<>();
        private long seq;
        private boolean ended;

        @Override
        public boolean hasNext() {
            while (ready.isEmpty() && !ended) {
                List<Pages.Url> chunk = pages.urls(job, seq, CHUNK);
                ended = chunk.isEmpty();
                for (Pages.Url url : chunk) {
                    seq = url.seq();
                    if (url.fault() != FaultCode.DUPLICATE) {
                        candidate.apply(url.url()).ifPresent(one -> ready.add(one.at(url.depth())));
                    }
                }
            }
            return !ready.isEmpty();
        }

        @Override
        public Candidate next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return ready.remove();
        }
    }
}
