package io.gleaner.worker;

import io.gleaner.politeness.JobPace;
import java.util.concurrent.Semaphore;

/**
 * A task that has its turn, with all that it holds while it runs: its place in the hand, its slot
 * of the host, one of the worker's fetches, its job's place among the pages under way. Closing lets
 * go of all of it, in this one place.
 */
final class Begun implements AutoCloseable {

    private final Held held;
    private final HeldTurn turn;
    private final Semaphore fetches;
    private final ExtractionTurns.Place place;
    private final JobPace job;
    private boolean fetching;

    /**
     * @param held passed on to this
     * @param job which has just granted a turn
     */
    Begun(Held held, HeldTurn turn, Semaphore fetches, ExtractionTurns.Place place, JobPace job) {
        this.job = job;
        this.held = held.passOn();
        this.turn = turn;
        this.fetches = fetches;
        this.place = place;
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

    /** The answer is here: another may be fetched while this one waits to be read. */
    void endFetch() {
        if (fetching) {
            fetching = false;
            fetches.release();
        }
    }

    @Override
    public void close() {
        held.close();
        turn.close();
        endFetch();
        place.close();
        job.leave();
    }
}
