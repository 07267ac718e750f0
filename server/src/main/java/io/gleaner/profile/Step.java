package io.gleaner.profile;

import java.util.List;
import java.util.Locale;

/**
 * A part of the service's work, known by the classes that do it. Where one step calls another the
 * first one here counts: fetching a robots.txt is the cost of robots, not of fetching.
 */
enum Step {
    ROBOTS(
            "io.gleaner.politeness.Robots",
            "io.gleaner.worker.Robots",
            "io.gleaner.worker.SharedRobots"),
    POLITENESS("io.gleaner.politeness."),
    FETCH("io.gleaner.fetch.", "okhttp3.", "okio."),
    EXTRACT(
            "io.gleaner.extract.",
            "io.gleaner.select.",
            "io.gleaner.xpath.",
            "io.gleaner.worker.ExtractionT",
            "org.jsoup."),
    FRONTIER(
            "io.gleaner.frontier.",
            "io.gleaner.worker.Sitemap",
            "io.gleaner.worker.SiteMap",
            "crawlercommons."),
    MAINTENANCE(
            "io.gleaner.maintenance.",
            "io.gleaner.store.Sweep",
            "io.gleaner.store.Days",
            "io.gleaner.store.Workers"),
    SETTLE("io.gleaner.store.Settle"),
    LEASE("io.gleaner.store.HostQueues", "io.gleaner.store.HostLock"),
    /** Storing submissions, many in a transaction. */
    SUBMIT("io.gleaner.store.Submissions", "io.gleaner.store.GroupCommit"),
    REDIS("io.gleaner.redis.", "io.lettuce.", "io.netty."),
    CACHE("io.gleaner.cache.", "io.gleaner.worker.PageCache", "com.github.benmanes.caffeine."),
    DATABASE(
            "io.gleaner.store.",
            "io.gleaner.database.",
            "org.jdbi.",
            "org.postgresql.",
            "com.zaxxer.hikari."),
    /** What keeps tasks moving between the other steps. */
    WORKER("io.gleaner.worker."),
    /** HTTP around the handlers: connections, heads, keys. */
    HTTP("io.gleaner.api.", "io.helidon."),
    /** Looking at the service itself. */
    TELEMETRY("io.gleaner.profile.", "io.gleaner.telemetry.", "io.micrometer.", "jdk.jfr.");

    @SuppressWarnings("ImmutableEnumChecker") // List.of cannot be changed, which the type hides.
    private final List<String> classes;

    /**
     * @param classes what their names begin with
     */
    Step(String... classes) {
        this.classes = List.of(classes);
    }

    boolean isDoneBy(String className) {
        return classes.stream().anyMatch(className::startsWith);
    }

    String tag() {
        return "step " + name().toLowerCase(Locale.ROOT);
    }
}
