package io.gleaner.perf.site;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.LongAdder;

/** What was asked of the site. */
final class SiteCounts {

    private final AtomicIntegerArray perPage;
    private final LongAdder requests = new LongAdder();
    private final LongAdder others = new LongAdder();
    private final AtomicInteger held = new AtomicInteger();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger inFlightMax = new AtomicInteger();

    SiteCounts(int pages) {
        perPage = new AtomicIntegerArray(pages);
    }

    void begin(int page) {
        requests.increment();
        perPage.incrementAndGet(page);
        int now = inFlight.incrementAndGet();
        if (now > inFlightMax.get()) {
            inFlightMax.accumulateAndGet(now, Math::max);
        }
    }

    void end() {
        inFlight.decrementAndGet();
    }

    /** A request for something that is no page. */
    void other() {
        others.increment();
    }

    void hold(int change) {
        held.addAndGet(change);
    }

    /** Clients that are kept waiting now. */
    int held() {
        return held.get();
    }

    void reset() {
        requests.reset();
        others.reset();
        inFlightMax.set(inFlight.get());
        for (int n = 0; n < perPage.length(); n++) {
            perPage.set(n, 0);
        }
    }

    SiteStats stats() {
        int distinct = 0;
        int repeated = 0;
        int most = 0;
        for (int n = 0; n < perPage.length(); n++) {
            int count = perPage.get(n);
            distinct += count > 0 ? 1 : 0;
            repeated += count > 1 ? 1 : 0;
            most = Math.max(most, count);
        }
        return new SiteStats(
                requests.sum(),
                distinct,
                repeated,
                most,
                inFlight.get(),
                inFlightMax.get(),
                others.sum());
    }
}
