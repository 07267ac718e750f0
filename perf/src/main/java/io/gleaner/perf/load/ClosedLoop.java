package io.gleaner.perf.load;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Keeps a request in flight on every connection: as fast as the server answers. One thread serves
 * all connections with a selector, because at this rate a thread per connection would cost more
 * than the requests.
 */
public record ClosedLoop(int connections, Duration duration) {

    public ClosedLoop {
        if (connections < 1) {
            throw new IllegalArgumentException("connections must be at least 1: " + connections);
        }
    }

    /**
     * @param first number of the first request, so that runs in a row do not repeat requests
     */
    public LoadResult run(Target target, Workload workload, AtomicLong first) throws IOException {
        var tally = new Tally();
        var cpu = new CpuClock();
        try (var loop = SelectorLoop.open(target, connections, workload, first, tally)) {
            long begin = System.nanoTime();
            loop.run(begin + duration.toNanos());
            return tally.result(0, connections, System.nanoTime() - begin, cpu.seconds());
        }
    }
}
