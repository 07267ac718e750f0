package io.gleaner.perf.autoscale.simulate;

/**
 * Counts changes of the number of replicas, and flaps: a rise or fall, in one or several steps,
 * that is undone as a whole within five minutes of its last step. A fall that is followed by a
 * smaller rise follows its load and is none.
 */
public final class Changes {

    private static final int FLAP_SECONDS = 300;

    private int count;
    private int flaps;
    private int direction;
    private int lastSecond;
    private int runFrom;
    private int turnedAt;
    private int toUndo;
    private boolean mayFlap;

    public int count() {
        return count;
    }

    public int flaps() {
        return flaps;
    }

    /** The replicas asked for at that second, before and after. */
    public void note(int second, int before, int after) {
        int now = Integer.compare(after, before);
        if (now == 0) {
            return;
        }
        if (now != direction) {
            mayFlap = direction != 0;
            toUndo = runFrom;
            turnedAt = lastSecond;
            runFrom = before;
            direction = now;
        }
        boolean undone = now > 0 ? after >= toUndo : after <= toUndo;
        if (mayFlap && undone && second - turnedAt < FLAP_SECONDS) {
            flaps++;
            mayFlap = false;
        }
        count++;
        lastSecond = second;
    }
}
