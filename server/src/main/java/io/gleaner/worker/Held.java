package io.gleaner.worker;

import io.gleaner.job.Task;
import io.gleaner.store.LeasedTask;

/**
 * A task in hand, and the one who answers for it. Closing lets the task go, unless it was passed on
 * to the next who answers for it; so it leaves the hand once, whatever is thrown. Each owner is one
 * thread.
 */
final class Held implements AutoCloseable {

    private final Hand hand;
    private final LeasedTask leased;
    private boolean passedOn;

    Held(Hand hand, LeasedTask leased) {
        this.hand = hand;
        this.leased = leased;
    }

    Task task() {
        return leased.task();
    }

    /** Whether its job ran when it was leased. */
    boolean live() {
        return leased.live();
    }

    /** For the next owner; closing this one does nothing from now on. */
    Held passOn() {
        var next = new Held(hand, leased);
        passedOn = true;
        return next;
    }

    /** It could not run yet: back to the front of those that wait. */
    void putBack() {
        hand.putBack(leased);
        passedOn = true;
    }

    /** Its job lets it wait: behind the others, so that they go on. */
    void stepAside() {
        hand.putLast(leased);
        passedOn = true;
    }

    @Override
    public void close() {
        if (!passedOn) {
            passedOn = true;
            hand.letGo(leased.task());
        }
    }
}
