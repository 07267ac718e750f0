package io.gleaner.transport;

/**
 * Until when a connection may be waited for, by what it is at: idle, amid a request's head, or past
 * it. Times are those of {@link System#nanoTime}. Not for more than one thread.
 */
final class ConnectionClock {

    private enum Phase {
        IDLE,
        HEAD,
        EXCHANGE
    }

    private final ConnectionLimits limits;
    private Phase phase = Phase.HEAD;
    private long headEnd;
    private long began;
    private final Patience body;
    private final Patience answer;

    /** A connection that says nothing has as long as one that says half a head. */
    ConnectionClock(ConnectionLimits limits, long now) {
        this.limits = limits;
        this.headEnd = now + limits.headMax().toNanos();
        this.body = new Patience(limits.bodyPatience(), limits.bytesPerSecondMin());
        this.answer = new Patience(limits.answerPatience(), limits.bytesPerSecondMin());
    }

    /**
     * @param betweenRequests whether it is the next request that is waited for
     * @return until when the client may take to send more
     */
    long beforeRead(long now, boolean betweenRequests) {
        if (phase == Phase.EXCHANGE && betweenRequests) {
            phase = Phase.IDLE;
        }
        began = now;
        return switch (phase) {
            case IDLE -> now + limits.idleMax().toNanos();
            case HEAD -> headEnd;
            case EXCHANGE -> now + body.of(0);
        };
    }

    void afterRead(long now, int bytes) {
        switch (phase) {
            case IDLE -> headBegins(now);
            case HEAD -> {}
            case EXCHANGE -> body.spend(now - began, bytes);
        }
    }

    /** A request line was read; with pipelining it may have come with the request before. */
    void lineCame(long now) {
        if (phase != Phase.HEAD) {
            headBegins(now);
        }
    }

    void headCame() {
        phase = Phase.EXCHANGE;
        body.renew();
        answer.renew();
    }

    /** Until when the client may take to make room for this many bytes. */
    long beforeWrite(long now, int bytes) {
        began = now;
        return now + answer.of(bytes);
    }

    void afterWrite(long now, int bytes) {
        answer.spend(now - began, bytes);
    }

    private void headBegins(long now) {
        phase = Phase.HEAD;
        headEnd = now + limits.headMax().toNanos();
    }
}
