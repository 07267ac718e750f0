package io.gleaner.perf.process;

import io.gleaner.perf.load.HttpConnection;
import io.gleaner.perf.load.HttpReply;
import io.gleaner.perf.load.HttpRequest;
import io.gleaner.perf.load.Target;
import io.gleaner.perf.site.SiteMain;
import io.gleaner.perf.site.SitePlan;
import io.gleaner.perf.site.SiteStats;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** The bench site, in a process of its own. */
public final class Site implements AutoCloseable {

    /** What it answers at once, with next to nothing. */
    public static final String NOTHING = "/_held";

    private static final Duration START_PATIENCE = Duration.ofSeconds(30);
    private static final List<String> FLAGS =
            List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders");
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Child child;
    private final SitePlan plan;

    private Site(Child child, SitePlan plan) {
        this.child = child;
        this.plan = plan;
    }

    public static Site start(SitePlan plan, Path folder) throws InterruptedException {
        var arguments = new ArrayList<>(List.of("0"));
        arguments.addAll(plan.arguments());
        var launch =
                new Launch(
                        "site",
                        Launch.java(FLAGS, SiteMain.class, arguments),
                        Map.of(),
                        SiteMain.READY,
                        START_PATIENCE,
                        folder.resolve("site.log"),
                        Optional.empty());
        return new Site(Child.start(launch), plan);
    }

    /** Its control pages. */
    public Target target() {
        return new Target("127.0.0.1", port());
    }

    public SitePlan plan() {
        return plan;
    }

    public URI url(int page) {
        return plan.url(page, port());
    }

    public SiteStats stats() {
        return ask("/_stats");
    }

    /** A page on a host of its own that is never answered. */
    public URI holdUrl() {
        return URI.create("http://%s:%d/_hold".formatted(SitePlan.address(plan.hosts()), port()));
    }

    /** Requests for that page that wait now. */
    public int held() {
        return Integer.parseInt(reply(NOTHING).text());
    }

    public SiteStats reset() {
        return ask("/_reset");
    }

    public Usage usage() {
        return child.usage();
    }

    private int port() {
        return Integer.parseInt(child.readyText());
    }

    private SiteStats ask(String path) {
        return JSON.readValue(reply(path).body(), SiteStats.class);
    }

    private HttpReply reply(String path) {
        try (var connection = HttpConnection.open(target())) {
            return connection.exchange(HttpRequest.get(path, ""));
        } catch (IOException e) {
            throw new BenchException("the site does not answer", e);
        }
    }

    @Override
    public void close() {
        child.close();
    }
}
