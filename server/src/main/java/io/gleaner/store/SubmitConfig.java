package io.gleaner.store;

import java.time.Duration;

/**
 * How submissions are stored.
 *
 * @param backlogMax queued tasks at which submissions are refused
 * @param batchMax most submissions in one transaction; 1 gives each its own
 * @param waitMax longest time a submission may have to queue for its transaction; one that would
 *     wait longer is refused at once, so that those accepted keep their latency
 */
public record SubmitConfig(long backlogMax, int batchMax, Duration waitMax) {

    public static final int BATCH_MAX = 512;

    public SubmitConfig {
        if (backlogMax < 0 || batchMax < 1) {
            throw new IllegalArgumentException(
                    "backlogMax must be at least 0 and batchMax at least 1: %d, %d"
                            .formatted(backlogMax, batchMax));
        }
    }

    /** 20 million tasks, 512 submissions a transaction, half a second in the queue. */
    public static SubmitConfig standard() {
        return new SubmitConfig(20_000_000, BATCH_MAX, Duration.ofMillis(500));
    }

    public SubmitConfig withBacklogMax(long value) {
        return new SubmitConfig(value, batchMax, waitMax);
    }

    public SubmitConfig withBatchMax(int value) {
        return new SubmitConfig(backlogMax, value, waitMax);
    }
}
