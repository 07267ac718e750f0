package io.gleaner.worker;

import java.util.concurrent.Semaphore;

/**
 * A task that has its turn, with all that it holds while it runs: its place in the hand, its slot
 * of the host, one of the worker's fetches. Closing lets go of all of it, in this one place.
 */
final class Begun implements AutoCloseable {

    private final Held held;
    private final HeldTurn turn;
    private final Semaphore fetches;
    private boolean fetching;

    /**
     * @param held passed on to this
     */
    Begun(Held held, HeldTurn turn, Semaphore fetches) {
        this.held = held.passOn();
        this.turn = turn;
        this.fetches = fetches;
    }

    Held held() {
        return held;
    }

    HeldTurn turn() {
        return turn;
    }

    void awaitFetch() throws InterruptedException {
        fetches.acquire();
        fetching = true;
    }

    @Override
    public void close() {
        held.close();
        turn.close();
        if (fetching) {
            fetching = false;
            fetches.release();
        }
    }
}
