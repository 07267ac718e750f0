package io.gleaner.perf.bench;

import io.gleaner.perf.process.DatabaseAddress;
import io.gleaner.perf.process.MachineAtRest;
import io.gleaner.perf.process.MemoryGroup;
import io.gleaner.perf.process.Postgres;
import io.gleaner.perf.process.Redis;
import io.gleaner.perf.process.ServerProgram;
import io.gleaner.perf.process.Service;
import io.gleaner.perf.process.ServicePlan;
import io.gleaner.perf.process.Site;
import io.gleaner.perf.process.Workspace;
import io.gleaner.perf.site.SitePlan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Where a bench runs: starts what it asks for, in folders of its own, and tells how it goes. */
public final class Lab implements AutoCloseable {

    private static final String DATABASE = "gleaner_bench";
    private static final Duration AT_REST = Duration.ofSeconds(5);

    private final LabSettings settings;
    private final ServerProgram program;
    private final Workspace workspace;
    private final Consumer<String> progress;
    private boolean taken;

    public Lab(LabSettings settings, ServerProgram program, Consumer<String> progress) {
        this.settings = settings;
        this.program = program;
        this.workspace = Workspace.create(settings.keep());
        this.progress = progress;
    }

    /** One line about what begins now. */
    public void say(String line) {
        progress.accept(line);
    }

    /** What the machine does by itself; to be asked before anything else begins. */
    public MachineAtRest machineAtRest() {
        say("the machine at rest, %s".formatted(AT_REST.multipliedBy(2)));
        var atRest = MachineAtRest.measure(workspace.folder("rest"), AT_REST);
        taken = atRest.isTaken();
        return atRest;
    }

    /** Whether others took much of the machine before anything of the bench began. */
    public boolean isTaken() {
        return taken;
    }

    /** The service with an empty database. */
    public Service service(List<String> arguments, Map<String, String> environment)
            throws InterruptedException {
        Optional<String> url = Optional.empty();
        if (settings.databaseUrl().isPresent()) {
            try (Postgres postgres = postgres()) {
                url = Optional.of(postgres.fresh(DATABASE).url());
            }
        }
        return service(url, arguments, List.of(), environment, Optional.empty());
    }

    /** The service on a database that is there already. */
    public Service service(
            Optional<String> url,
            List<String> arguments,
            List<String> javaFlags,
            Map<String, String> environment,
            Optional<MemoryGroup> group)
            throws InterruptedException {
        return Service.start(
                program,
                plan(url, arguments, javaFlags, environment, group),
                workspace.folder("service"));
    }

    private ServicePlan plan(
            Optional<String> url,
            List<String> arguments,
            List<String> javaFlags,
            Map<String, String> environment,
            Optional<MemoryGroup> group) {
        return new ServicePlan(
                url,
                joined(arguments, settings.arguments()),
                joined(javaFlags, settings.javaFlags()),
                merged(environment, settings.environment()),
                group);
    }

    /** How the service is started. */
    public ServerProgram program() {
        return program;
    }

    /** Another program of the service, on a database that is there already. */
    public Service service(ServerProgram other, DatabaseAddress database, List<String> arguments)
            throws InterruptedException {
        return Service.start(
                other,
                plan(Optional.of(database.url()), arguments, List.of(), Map.of(), Optional.empty()),
                workspace.folder("service"));
    }

    /** Another program of the service, with all that can be said about its start. */
    public Service service(
            ServerProgram other,
            DatabaseAddress database,
            List<String> arguments,
            List<String> javaFlags,
            Map<String, String> environment)
            throws InterruptedException {
        return Service.start(
                other,
                plan(
                        Optional.of(database.url()),
                        arguments,
                        javaFlags,
                        environment,
                        Optional.empty()),
                workspace.folder("service"));
    }

    /** A new folder for something that has no other place. */
    public Path folder(String name) {
        return workspace.folder(name);
    }

    public boolean serviceKnows(String flag) throws InterruptedException {
        return Service.knows(program, flag);
    }

    public Site site(SitePlan plan) throws InterruptedException {
        return Site.start(plan, workspace.folder("site"));
    }

    /** The PostgreSQL that the caller named, or a new one. */
    public Postgres postgres() {
        return Postgres.open(settings.databaseUrl(), workspace.folder("postgres"));
    }

    /** A Redis with nothing in it. */
    public Redis redis() throws InterruptedException {
        return Redis.start(workspace.folder("redis"));
    }

    /** The product's cache classes in a process of their own; see {@link CacheProbe}. */
    CacheProbe.Result probe(Redis redis, CacheProbe.Work work) throws InterruptedException {
        return CacheProbe.run(redis.url(), work, workspace.folder("probe"));
    }

    /** A process that leases and settles; see {@link NoFetchWorker}. */
    QueueResult work(DatabaseAddress database, QueueWork work) throws InterruptedException {
        return NoFetchWorker.run(database, work, workspace.folder("worker"));
    }

    /** Brings an empty database's schema up to date. */
    void prepare(DatabaseAddress database) throws InterruptedException {
        NoFetchWorker.prepare(database, workspace.folder("prepare"));
    }

    /** What was given for all benches, for the report. */
    Map<String, String> shownSettings() {
        return Map.of(
                "database",
                settings.databaseUrl()
                        .map(url -> DatabaseAddress.parse(url).toString())
                        .orElse("the product's embedded PostgreSQL, new folder"),
                "more arguments of the service",
                settings.arguments().toString(),
                "more JVM flags of the service",
                settings.javaFlags().toString(),
                "more environment of the service",
                settings.environment().toString(),
                "program of the service",
                program.javaFlags() + " " + program.program().getFirst());
    }

    private static List<String> joined(List<String> first, List<String> second) {
        var all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }

    private static Map<String, String> merged(
            Map<String, String> first, Map<String, String> second) {
        var all = new HashMap<>(first);
        all.putAll(second);
        return all;
    }

    @Override
    public void close() {
        if (settings.keep()) {
            say("data and logs are kept in " + workspace.root());
        }
        workspace.close();
    }
}
