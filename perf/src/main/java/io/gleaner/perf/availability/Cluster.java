package io.gleaner.perf.availability;

import io.gleaner.perf.bench.Lab;
import io.gleaner.perf.load.Target;
import io.gleaner.perf.pods.Deployment;
import io.gleaner.perf.pods.Endpoints;
import io.gleaner.perf.pods.Pod;
import io.gleaner.perf.pods.PodPlan;
import io.gleaner.perf.pods.RoundRobinProxy;
import io.gleaner.perf.pods.Termination;
import io.gleaner.perf.process.DatabaseAddress;
import io.gleaner.perf.process.Redis;
import io.gleaner.perf.process.ServerProgram;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * API, worker and maintenance pods on one PostgreSQL and one Redis, and a proxy before the APIs.
 */
final class Cluster implements AutoCloseable {

    private static final Duration KNOWN_LONGEST = Duration.ofSeconds(30);
    private static final String CONNECTIONS = "8";
    private static final List<String> JAVA_FLAGS = List.of("-Xmx384m");
    private static final List<String> WORKER =
            List.of(
                    "--roles",
                    "worker",
                    "--allow-private-networks",
                    "--crawl-delay-min",
                    "0s",
                    "--host-slots",
                    "4");

    private final Lab lab;
    private final ClusterSettings settings;
    private final DatabaseAddress database;
    private final Redis redis;
    private final Endpoints endpoints = new Endpoints();
    private final Deployment api;
    private final Deployment worker;
    private final Deployment maintenance;
    private final RoundRobinProxy proxy = RoundRobinProxy.over(endpoints);

    Cluster(
            Lab lab,
            ClusterSettings settings,
            DatabaseAddress database,
            Redis redis,
            ServerProgram program) {
        this.lab = lab;
        this.settings = settings;
        this.database = database;
        this.redis = redis;
        this.api = new Deployment("api", apiPlan(program));
        this.worker = new Deployment("worker", plan(program, new Endpoints(), WORKER));
        this.maintenance = new Deployment("maintenance", maintenancePlan(program));
    }

    private PodPlan apiPlan(ServerProgram program) {
        return plan(program, endpoints, List.of("--roles", "api", "--allow-private-networks"));
    }

    private PodPlan maintenancePlan(ServerProgram program) {
        return plan(program, new Endpoints(), List.of("--roles", "maintenance"));
    }

    private PodPlan plan(ServerProgram program, Endpoints listed, List<String> arguments) {
        // By environment, which a release that does not know the setting yet passes over.
        Map<String, String> environment =
                Map.of(
                        "GLEANER_REDIS_URL",
                        redis.url(),
                        "GLEANER_DATABASE_CONNECTIONS",
                        CONNECTIONS,
                        "GLEANER_SHUTDOWN_DELAY",
                        settings.shutdownDelay().toMillis() + "ms");
        return PodPlan.of(
                pod -> lab.service(program, database, arguments, JAVA_FLAGS, environment),
                listed,
                settings.grace());
    }

    /** Starts all pods and returns when the proxy knows the APIs. */
    void start() throws InterruptedException {
        // One alone first, because it makes the tables.
        maintenance.scaleTo(1);
        maintenance.awaitReady();
        api.scaleTo(settings.apis());
        worker.scaleTo(settings.workers());
        api.awaitReady();
        worker.awaitReady();
        endpoints.await(settings.apis(), KNOWN_LONGEST);
    }

    /** Replaces every process by one of the same program. */
    void restart() throws InterruptedException {
        api.rollingRestart();
        worker.rollingRestart();
        maintenance.rollingRestart();
    }

    /** One API and one worker more, and then as many fewer. */
    void scaleUpAndDown() throws InterruptedException {
        api.scaleTo(settings.apis() + 1);
        worker.scaleTo(settings.workers() + 1);
        api.awaitReady();
        worker.awaitReady();
        endpoints.await(settings.apis() + 1, KNOWN_LONGEST);
        api.scaleTo(settings.apis());
        worker.scaleTo(settings.workers());
        api.awaitEnded();
        worker.awaitEnded();
    }

    /** Replaces every process by one of another program; the APIs first. */
    void rollOut(ServerProgram program) throws InterruptedException {
        api.rollOut(apiPlan(program));
        worker.rollOut(plan(program, new Endpoints(), WORKER));
        maintenance.rollOut(maintenancePlan(program));
    }

    Target target() {
        return proxy.target();
    }

    RoundRobinProxy proxy() {
        return proxy;
    }

    List<String> livingWorkers() {
        return worker.pods().stream()
                .map(Pod::service)
                .flatMap(service -> service.stream().map(one -> one.worker()))
                .toList();
    }

    /** Of all pods together. */
    int processes() {
        return settings.apis() + settings.workers() + 1;
    }

    List<Termination> terminations() {
        return Stream.of(api, worker, maintenance)
                .map(Deployment::terminations)
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public void close() {
        proxy.close();
        new ArrayList<>(List.of(api, worker, maintenance))
                .parallelStream().forEach(Deployment::close);
    }
}
