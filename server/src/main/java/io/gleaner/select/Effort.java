package io.gleaner.select;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CancellationException;
import org.jsoup.nodes.LeafNode;
import org.jsoup.nodes.Node;

/**
 * What the extraction of one page may still do. A step is about one node looked at, or {@value
 * #CHARS_EACH} characters; at every so many it looks up: is the time over, was it interrupted, does
 * somebody else want the thread? Used by one thread at a time.
 */
public final class Effort {

    /** Under 100 microseconds of work. */
    private static final int LOOK_EVERY = 1_024;

    private static final int CHARS_EACH = 8;

    private final InstantSource clock;
    private final Duration timeout;
    private final Runnable pause;
    private Instant deadline;
    private long stepsMax;
    private long used;
    private long lookAt = LOOK_EVERY;

    /**
     * @param stepsMax most steps, unless more are allowed later
     * @param timeout most time between now and the last step, without what is spent in pauses
     * @param pause called every so many steps; may let others go first
     */
    public Effort(long stepsMax, Duration timeout, InstantSource clock, Runnable pause) {
        this.stepsMax = stepsMax;
        this.timeout = timeout;
        this.clock = clock;
        this.pause = pause;
        this.deadline = clock.instant().plus(timeout);
    }

    /** For what is too small to be stopped: the validation of an expression on an empty page. */
    public static Effort small() {
        return new Effort(
                100_000, Duration.ofMinutes(1), InstantSource.system(), () -> {}); // never waits
    }

    /** At least so many steps in all. */
    public void allow(long steps) {
        stepsMax = Math.max(stepsMax, steps);
    }

    /**
     * @throws OverrunException when it was one too many, or the time is over
     * @throws CancellationException when the thread is interrupted
     */
    public void step() {
        steps(1);
    }

    public void steps(long count) {
        used += count;
        if (used >= lookAt) {
            look();
        }
    }

    /** Pays for characters that are read or copied. */
    public void chars(long count) {
        steps(1 + count / CHARS_EACH);
    }

    /** Pays for reading all that is inside a node. */
    public void subtree(Node root) {
        subtree(root, 1);
    }

    /** The same when its characters are gone over several times. */
    void subtree(Node root, int times) {
        for (Node node = root; node != null; node = Nodes.next(node, root)) {
            step();
            if (node instanceof LeafNode leaf) {
                chars((long) times * leaf.nodeValue().length());
            }
        }
    }

    private void look() {
        if (used > stepsMax) {
            throw new OverrunException("stepsMax", "%,d".formatted(stepsMax));
        }
        lookAt = Math.min(stepsMax + 1, used + LOOK_EVERY);
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("the extraction was interrupted");
        }
        Instant before = clock.instant();
        if (before.isAfter(deadline)) {
            throw new OverrunException("timeout", timeout.toString());
        }
        pause.run();
        deadline = deadline.plus(Duration.between(before, clock.instant()));
    }
}
