package io.gleaner.perf.chaos;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** One thing that happens to the service; the weights are shares in a hundred. */
enum Blow {
    KILL_WORKER(40),
    KILL_API(25),
    TERM_WORKER(12),
    TERM_API(8),
    POSTGRES_FAST(5),
    POSTGRES_IMMEDIATE(5),
    POSTGRES_KILL(5);

    private final int weight;

    Blow(int weight) {
        this.weight = weight;
    }

    boolean hitsPostgres() {
        return switch (this) {
            case POSTGRES_FAST, POSTGRES_IMMEDIATE, POSTGRES_KILL -> true;
            case KILL_WORKER, KILL_API, TERM_WORKER, TERM_API -> false;
        };
    }

    /** That many, in their shares, in an order that the random numbers decide. */
    static List<Blow> deck(int size, Random random) {
        var deck = new ArrayList<Blow>();
        for (int n = 0; n < size; n++) {
            // Spread over the weights, so that a small deck has a bit of each, too.
            double at = (n + 0.5) * 100 / size;
            Blow[] all = values();
            int i = 0;
            for (int sum = all[0].weight; at > sum; sum += all[i].weight) {
                i++;
            }
            deck.add(all[i]);
        }
        Collections.shuffle(deck, random);
        return deck;
    }
}
