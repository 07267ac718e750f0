package io.gleaner.perf.process;

import io.gleaner.perf.load.Target;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** {@code gleaner serve}, in a process of its own. */
public final class Service implements AutoCloseable {

    private static final String READY = "gleaner is ready: ";
    private static final Duration START_PATIENCE = Duration.ofMinutes(2);

    private final Child child;
    private final Path log;
    private final Optional<PostgresProcesses> postgres;
    private final Runnable ending;

    private Service(Child child, Path log, Optional<PostgresProcesses> postgres, Runnable ending) {
        this.child = child;
        this.log = log;
        this.postgres = postgres;
        this.ending = ending;
    }

    /**
     * @param folder for its data and its log; new for each start
     */
    public static Service start(ServerProgram program, ServicePlan plan, Path folder)
            throws InterruptedException {
        var arguments = new ArrayList<>(List.of("serve", "--host", "127.0.0.1", "--port", "0"));
        arguments.addAll(plan.arguments());
        var environment = new HashMap<>(plan.environment());
        Path data = folder.resolve("data");
        environment.put("GLEANER_DATA", data.toString());
        plan.databaseUrl().ifPresent(url -> environment.put("GLEANER_DATABASE_URL", url));
        var launch =
                new Launch(
                        "service",
                        program.command(plan.javaFlags(), arguments),
                        environment,
                        READY,
                        START_PATIENCE,
                        folder.resolve("service.log"),
                        plan.group());
        Optional<PostgresProcesses> postgres =
                plan.databaseUrl().isPresent()
                        ? Optional.empty()
                        : Optional.of(new PostgresProcesses(data));
        Runnable ending = Endings.add(() -> postgres.ifPresent(PostgresProcesses::end));
        return new Service(Child.start(launch), launch.log(), postgres, ending);
    }

    public Target target() {
        return Target.of(url());
    }

    /** Its address, as it says it. */
    public URI url() {
        return URI.create(child.readyText());
    }

    public long pid() {
        return child.pid();
    }

    public boolean isAlive() {
        return child.isAlive();
    }

    /** What it has written so far. */
    public String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new BenchException("the log of the service cannot be read", e);
        }
    }

    /** SIGTERM; returns at once. */
    public void terminate() {
        child.terminate();
    }

    /** Waits for it to end: its exit code, or empty when it still runs after that time. */
    public OptionalInt await(Duration longest) throws InterruptedException {
        return child.awaitEnd(longest);
    }

    /** SIGKILL; for a service on a database that is not its own. */
    public void kill() {
        child.kill();
        Endings.remove(ending);
    }

    /** Has it collect its garbage; returns afterwards. */
    public void collect() throws InterruptedException {
        Path jcmd = Path.of(Launch.javaProgram()).resolveSibling("jcmd");
        try {
            Process process =
                    new ProcessBuilder(jcmd.toString(), String.valueOf(child.pid()), "GC.run")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            if (process.waitFor() != 0) {
                throw new BenchException("jcmd could not reach the service");
            }
        } catch (IOException e) {
            throw new BenchException("there is no program " + jcmd, e);
        }
    }

    /** SIGSTOP: connections stay, nothing answers. */
    public void freeze() throws InterruptedException {
        child.signal("STOP");
    }

    /** SIGCONT. */
    public void thaw() throws InterruptedException {
        child.signal("CONT");
    }

    /** The Java process alone. */
    public Usage usage() {
        return child.usage();
    }

    /** Its embedded PostgreSQL, if it has one. */
    public Optional<Usage> postgresUsage() {
        return postgres.map(PostgresProcesses::usage);
    }

    @Override
    public void close() {
        child.close();
        ending.run();
        Endings.remove(ending);
    }

    /** Whether {@code gleaner serve} knows a flag: asks its help. */
    public static boolean knows(ServerProgram program, String flag) throws InterruptedException {
        var builder = new ProcessBuilder(program.command(List.of(), List.of("serve", "--help")));
        try {
            Process help = builder.redirectErrorStream(true).start();
            Runnable ending = Endings.add(help::destroy);
            try (var reader = help.inputReader()) {
                boolean known = reader.lines().anyMatch(line -> line.contains(flag + "="));
                help.waitFor();
                return known;
            } finally {
                Endings.remove(ending);
            }
        } catch (IOException e) {
            throw new BenchException("could not ask the service for its help", e);
        }
    }
}
