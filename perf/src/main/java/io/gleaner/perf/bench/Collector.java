package io.gleaner.perf.bench;

import java.util.List;

/** Garbage collectors to compare, as flags after the launcher's. */
enum Collector {
    G1("-XX:+UseG1GC -XX:-UseCompactObjectHeaders"),
    G1_COMPACT("-XX:+UseG1GC -XX:+UseCompactObjectHeaders"),
    ZGC("-XX:-UseG1GC -XX:+UseZGC"),
    SHENANDOAH("-XX:-UseG1GC -XX:+UseShenandoahGC"),
    SERIAL("-XX:-UseG1GC -XX:+UseSerialGC");

    private final String flags;

    Collector(String flags) {
        this.flags = flags;
    }

    List<String> flags() {
        return List.of(flags.split(" ", -1));
    }
}
