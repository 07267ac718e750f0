package io.gleaner.perf.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Stops, kills, freezes and starts a PostgreSQL that runs, with its own {@code pg_ctl} and on its
 * old port.
 */
public final class PostgresControl {

    private static final int WAIT_SECONDS = 60;

    private final PostgresProcesses processes;
    private final int port;
    private final Path program;
    private final Path cluster;
    private final List<String> account;

    PostgresControl(PostgresProcesses processes, DatabaseAddress address) {
        this.processes = processes;
        this.port = address.port();
        ProcessHandle server = running();
        try {
            Path proc = Path.of("/proc", String.valueOf(server.pid()));
            this.program = Files.readSymbolicLink(proc.resolve("exe")).resolveSibling("pg_ctl");
            this.cluster = Files.readSymbolicLink(proc.resolve("cwd"));
            this.account = account((Integer) Files.getAttribute(cluster, "unix:uid"));
        } catch (IOException e) {
            throw new BenchException("cannot tell how PostgreSQL was started", e);
        }
    }

    /** As whom the server runs: it refuses root, so the product started it as somebody else. */
    private static List<String> account(int owner) throws IOException {
        int we = (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        if (we != 0) {
            return List.of();
        }
        return owner == 0
                ? List.of("unshare", "-U", "--")
                : List.of("setpriv", "--reuid=" + owner, "--clear-groups", "--");
    }

    /**
     * @param mode of {@code pg_ctl stop}: {@code fast} or {@code immediate}
     */
    public void stop(String mode) throws InterruptedException {
        control("stop", "--mode=" + mode);
    }

    /** SIGKILL for the postmaster alone; returns when its children have followed. */
    public void kill() throws InterruptedException {
        List<ProcessHandle> all = all();
        all.getFirst().destroyForcibly();
        for (ProcessHandle process : all) {
            process.onExit().completeOnTimeout(process, WAIT_SECONDS, TimeUnit.SECONDS).join();
        }
    }

    /** Returns when connections are accepted. */
    public void start() throws InterruptedException {
        control("start", "--log=" + cluster.resolveSibling("restarts.log"), "--options=-p " + port);
    }

    /** SIGSTOP for all of its processes: connections stay, and nobody answers. */
    public void freeze() throws InterruptedException {
        signal("-STOP");
    }

    /** The opposite of {@link #freeze}. */
    public void thaw() throws InterruptedException {
        signal("-CONT");
    }

    private void signal(String signal) throws InterruptedException {
        var command = new ArrayList<>(List.of("kill", signal));
        all().forEach(process -> command.add(String.valueOf(process.pid())));
        run(command);
    }

    private List<ProcessHandle> all() {
        ProcessHandle server = running();
        var all = new ArrayList<>(List.of(server));
        server.descendants().forEach(all::add);
        return all;
    }

    private ProcessHandle running() {
        return processes
                .postmaster()
                .orElseThrow(() -> new BenchException("PostgreSQL does not run"));
    }

    private void control(String verb, String... more) throws InterruptedException {
        var command = new ArrayList<>(account);
        command.addAll(List.of(program.toString(), verb, "--silent", "--wait"));
        command.addAll(List.of("--pgdata=" + cluster, "--timeout=" + WAIT_SECONDS));
        command.addAll(List.of(more));
        run(command);
    }

    private void run(List<String> command) throws InterruptedException {
        try {
            // Nothing is read: the server that pg_ctl starts would keep a pipe open.
            Process process =
                    new ProcessBuilder(command)
                            .directory(cluster.resolveSibling(".").toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            if (process.waitFor() != 0) {
                throw new BenchException(
                        "'%s' failed with exit code %d"
                                .formatted(String.join(" ", command), process.exitValue()));
            }
        } catch (IOException e) {
            throw new BenchException("cannot run " + command.getFirst(), e);
        }
    }
}
