package io.gleaner.perf.shapes;

import java.util.Locale;

/** Something that is broken on purpose, to see the verdict turn red and the report name it. */
public enum PlantedFault {

    /** A session locks the table of jobs for a second of every two. */
    LOCK(Bottleneck.Kind.DATABASE_LOCKS),

    /** A tenth of the site's pages are 404. */
    SITE_ERRORS(Bottleneck.Kind.SITE),

    /** Redis is stopped (SIGSTOP) for the middle third of the time. */
    REDIS_PAUSED(Bottleneck.Kind.REDIS),

    /** As few connections to the database as the service takes. */
    POOL(Bottleneck.Kind.POOL),

    /** Something in the service keeps a megabyte more ten times a second. */
    LEAK(Bottleneck.Kind.HEAP),

    /** A process that computes on all cores. */
    CPU_HOG(Bottleneck.Kind.OTHER_CPU),

    /** The service is stopped (SIGSTOP) for two seconds. */
    PAUSE(Bottleneck.Kind.STANDSTILL);

    private final Bottleneck.Kind named;

    PlantedFault(Bottleneck.Kind named) {
        this.named = named;
    }

    /** What the report has to name. */
    Bottleneck.Kind named() {
        return named;
    }

    /** The word on the command line. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
