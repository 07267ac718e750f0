package io.gleaner.api.dashboard;

import io.gleaner.access.AccessKey;
import io.gleaner.access.AccessKeys;
import io.gleaner.access.Scope;
import io.gleaner.api.dashboard.History.Step;
import io.gleaner.api.port.ApiParts;
import io.gleaner.api.wire.Json;
import io.gleaner.api.wire.QueryParams;
import io.gleaner.store.HostStatus;
import io.gleaner.store.Overview;
import io.gleaner.store.Overview.WorkerStatus;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** {@code /admin/overview} and {@code /admin/keys}: what operators see of the whole. */
public final class OverviewHandler {

    private final Overview overview;
    private final AccessKeys keys;
    private final MeterRegistry registry;
    private final History history;

    public OverviewHandler(ApiParts parts, History history) {
        this.overview = parts.overview();
        this.keys = parts.keys();
        this.registry = parts.telemetry().registry();
        this.history = history;
    }

    /**
     * @param backlog tasks that are queued or in hand
     * @param hostsWaiting hosts that have tasks and are due; 1,000 stands for any number from there
     * @param stepSeconds length of a step of the history
     */
    record View(
            double backlog,
            double hostsWaiting,
            double overdueSeconds,
            List<WorkerStatus> workers,
            List<HostView> hosts,
            Map<String, CacheView> caches,
            long stepSeconds,
            List<Step> history) {}

    /** A host queue, whoever has tasks in it. */
    record HostView(
            String name,
            long backlog,
            boolean leased,
            @Nullable Instant notBefore,
            int failures,
            @Nullable String waitReason) {

        static HostView of(HostStatus host) {
            return new HostView(
                    host.name(),
                    host.backlog(),
                    host.leasedBy() != null,
                    host.notBefore(),
                    host.failures(),
                    host.waitReason());
        }
    }

    /**
     * A cache of this process.
     *
     * @param requests by what they came to
     */
    record CacheView(double bytes, Map<String, Double> requests) {}

    /** A key without the key itself. */
    record KeyView(
            long id,
            String name,
            String tenant,
            List<String> scopes,
            String hint,
            @Nullable Integer perMinute,
            Instant createdAt,
            @Nullable Instant revokedAt) {

        static KeyView of(AccessKey key) {
            return new KeyView(
                    key.id(),
                    key.name(),
                    key.tenantName(),
                    key.scopes().stream().map(Scope::name).map(OverviewHandler::lower).toList(),
                    key.hint(),
                    key.perMinute(),
                    key.createdAt(),
                    key.revokedAt());
        }
    }

    public void overview(ServerRequest request, ServerResponse response) {
        QueryParams.of(request);
        Json.send(
                response,
                new View(
                        gauge("gleaner.backlog"),
                        gauge("gleaner.hosts.waiting"),
                        gauge("gleaner.backlog.overdue"),
                        overview.workers(),
                        overview.hosts().stream().map(HostView::of).toList(),
                        caches(),
                        Duration.ofSeconds(History.STEP.toSeconds()).toSeconds(),
                        history.steps()));
    }

    public void keys(ServerRequest request, ServerResponse response) {
        QueryParams.of(request);
        Json.send(response, Map.of("keys", keys.list().stream().map(KeyView::of).toList()));
    }

    private Map<String, CacheView> caches() {
        Map<String, CacheView> byName = new TreeMap<>();
        registry.find("gleaner.cache.requests")
                .counters()
                .forEach(
                        counter -> {
                            String name = String.valueOf(counter.getId().getTag("cache"));
                            String outcome =
                                    counter.getId().getTag("level")
                                            + " "
                                            + counter.getId().getTag("outcome");
                            byName.computeIfAbsent(
                                            name, it -> new CacheView(bytes(it), new TreeMap<>()))
                                    .requests()
                                    .merge(outcome, counter.count(), Double::sum);
                        });
        return byName;
    }

    private double bytes(String cache) {
        return registry.find("gleaner.cache.bytes").tag("cache", cache).gauges().stream()
                .mapToDouble(Gauge::value)
                .filter(Double::isFinite)
                .sum();
    }

    private double gauge(String name) {
        Gauge gauge = registry.find(name).gauge();
        return gauge == null || !Double.isFinite(gauge.value()) ? 0 : gauge.value();
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
