package io.gleaner.perf.bench;

import io.gleaner.perf.load.HttpReply;
import io.gleaner.perf.load.HttpRequest;
import io.gleaner.perf.load.Latency;
import io.gleaner.perf.load.LoadResult;
import io.gleaner.perf.load.OpenLoop;
import io.gleaner.perf.load.Target;
import io.gleaner.perf.load.Workload;
import io.gleaner.perf.process.BenchException;
import io.gleaner.perf.process.MachineAtRest;
import io.gleaner.perf.process.Site;
import io.gleaner.perf.report.Spread;
import io.gleaner.perf.report.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A load, and beside it at the same time what driver and machine take from anybody: a few requests
 * to a server that does nothing for them, and, where the service answers after a commit, a few
 * writes to the disk. Where that is the most part of a latency, the service is not.
 *
 * @param load of the service
 * @param bare of the server that does nothing
 * @param toDisk 8 KiB to the disk
 */
public record Control(LoadResult load, LoadResult bare, Optional<Latency> toDisk) {

    public static final String NAME = "a bare server meanwhile";

    /** The service may take so many times as long as the machine takes from anybody. */
    public static final double TIMES_MAX = 2.5;

    private static final double MS = 1000;
    private static final double BARE_PER_SECOND = 200;
    private static final Duration BARE_WARM_UP = Duration.ofSeconds(2);
    private static final Duration BETWEEN_WRITES = Duration.ofMillis(20);

    /** Of a load that is answered from memory. */
    static Control run(OpenLoop loop, Target target, Workload workload, Site bare)
            throws IOException, InterruptedException {
        return run(loop, target, workload, bare, Optional.empty());
    }

    /**
     * Of a load that is answered after a commit.
     *
     * @param folder on the disk of the commits
     */
    public static Control durable(
            OpenLoop loop, Target target, Workload workload, Site bare, Path folder)
            throws IOException, InterruptedException {
        return run(loop, target, workload, bare, Optional.of(folder));
    }

    private static Control run(
            OpenLoop loop, Target target, Workload workload, Site bare, Optional<Path> disk)
            throws IOException, InterruptedException {
        // A server that has just started is slow, too.
        OpenLoop.at(BARE_PER_SECOND, BARE_WARM_UP).run(bare.target(), new Nothing());
        OpenLoop few = OpenLoop.at(BARE_PER_SECOND, loop.duration());
        try (var beside = Executors.newCachedThreadPool()) {
            Future<LoadResult> nothing = beside.submit(() -> few.run(bare.target(), new Nothing()));
            Optional<Future<Latency>> writes =
                    disk.map(
                            folder ->
                                    beside.submit(
                                            () ->
                                                    MachineAtRest.toDisk(
                                                            folder,
                                                            loop.duration(),
                                                            BETWEEN_WRITES)));
            LoadResult load = loop.run(target, workload);
            return new Control(
                    load,
                    nothing.get(),
                    writes.isEmpty() ? Optional.empty() : Optional.of(writes.get().get()));
        } catch (ExecutionException e) {
            throw new BenchException("the bare server or the disk could not be asked", e);
        }
    }

    /** 99 % of the bare server's answers, and of the writes, came within this time together. */
    public double machineP99Ms() {
        return bare.latency().p99Ms() + toDisk.map(Latency::p99Ms).orElse(0.0);
    }

    private double machineP50Ms() {
        return bare.latency().p50Ms() + toDisk.map(Latency::p50Ms).orElse(0.0);
    }

    /**
     * Answers a second that can be expected of a service on this machine.
     *
     * @param connections that ask again as soon as they are answered
     */
    static double mostPerSecond(List<Control> runs, int connections, Lab lab) {
        double eachMs = TIMES_MAX * Spread.of(runs, Control::machineP50Ms).median();
        return lab.isTaken() ? 0 : connections * MS / eachMs;
    }

    private double times() {
        return load.latency().p99Ms() / machineP99Ms();
    }

    /** How many times as long as the machine alone the service took, run by run. */
    private static Spread times(List<Control> runs) {
        return Spread.of(runs, Control::times);
    }

    /** A p99 that can be expected of a service on this machine, in ms. */
    static double best(List<Control> runs, Lab lab) {
        return expected(Spread.of(runs, Control::machineP99Ms).median(), lab);
    }

    /**
     * The same of one run.
     *
     * @param machineP99Ms of what the machine takes from anybody
     */
    public static double expected(double machineP99Ms, Lab lab) {
        return lab.isTaken() ? Double.POSITIVE_INFINITY : TIMES_MAX * machineP99Ms;
    }

    /** Whether the service takes more than its share of the waiting. */
    static Verdict verdict(String claim, List<Control> runs, Lab lab) {
        return Verdict.atMost(
                claim,
                times(runs),
                TIMES_MAX,
                lab.isTaken() ? Double.POSITIVE_INFINITY : Double.NaN);
    }

    /**
     * Every request has a right answer. One that waits too long to be sent or answered says nothing
     * where the machine makes more of them wait than there are connections.
     */
    static List<Verdict> answered(String requests, List<Control> runs, Lab lab) {
        boolean carries =
                !lab.isTaken()
                        && runs.stream().allMatch(run -> run.inHand() < run.load.connections());
        return List.of(
                Verdict.none(
                        requests + " that were answered wrongly",
                        runs.stream().mapToLong(run -> run.load.wrong()).sum()),
                Verdict.atMost(
                        requests + " that were not sent or answered in time",
                        (double) runs.stream().mapToLong(run -> run.load.late()).sum(),
                        0,
                        carries ? Double.NaN : Double.POSITIVE_INFINITY));
    }

    /** Requests that wait at once during the machine's longest pause. */
    private double inHand() {
        double pauseMs = bare.latency().maxMs() + toDisk.map(Latency::maxMs).orElse(0.0);
        return TIMES_MAX * pauseMs / MS * load.ratePerSecond();
    }

    private static final class Nothing implements Workload {

        private static final int OK = 200;
        private static final byte[] REQUEST = HttpRequest.get(Site.NOTHING, "");

        @Override
        public byte[] request(long n) {
            return REQUEST;
        }

        @Override
        public boolean accepts(long n, HttpReply reply) {
            return reply.status() == OK;
        }
    }
}
