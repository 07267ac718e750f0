package io.gleaner.proxy;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What one page has used of the network, and whether that was too much. */
public final class Usage {

    private final PageLimits limits;
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    private volatile @Nullable String exceeded;

    Usage(PageLimits limits) {
        this.limits = limits;
    }

    /** Whether another request may be made. */
    boolean addRequest() {
        if (requests.incrementAndGet() > limits.requestsMax()) {
            exceed("more than %d requests".formatted(limits.requestsMax()));
        }
        return exceeded == null;
    }

    /** Whether more bytes may follow. */
    boolean addBytes(int count) {
        if (bytes.addAndGet(count) > limits.bytesMax()) {
            exceed("more than %d bytes".formatted(limits.bytesMax()));
        }
        return exceeded == null;
    }

    /** Which limit was met, or null. */
    public @Nullable String exceeded() {
        return exceeded;
    }

    public int requests() {
        return requests.get();
    }

    public long bytes() {
        return bytes.get();
    }

    private void exceed(String what) {
        if (exceeded == null) {
            exceeded = what;
        }
    }
}
