package io.gleaner.perf.bench;

import io.gleaner.database.Database;
import io.gleaner.database.DatabaseConfig;
import io.gleaner.perf.process.Child;
import io.gleaner.perf.process.DatabaseAddress;
import io.gleaner.perf.process.Launch;
import io.gleaner.store.HostLease;
import io.gleaner.store.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.json.JsonMapper;

/**
 * A worker that leases and settles with the product's own store classes and makes up its pages: the
 * speed of the queue without that of any fetch. It runs in a process of its own.
 */
public final class NoFetchWorker {

    private static final String RESULT = "result: ";
    private static final String URL_VARIABLE = "GLEANER_DATABASE_URL";
    private static final String PREPARE = "prepare";
    private static final String SEED_HOST = "127.1.0.1";
    private static final List<String> FLAGS =
            List.of("-Xmx512m", "-XX:+UseG1GC", "-XX:+UseCompactObjectHeaders");
    private static final Duration COUNT_EVERY = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final JsonMapper JSON = JsonMapper.shared();

    private final QueueWork work;
    private final StoreWork store;
    private final QueueTimes times = new QueueTimes();
    private volatile boolean warm;
    private final AtomicBoolean over = new AtomicBoolean();
    private final CountDownLatch drained;

    private NoFetchWorker(QueueWork work, Database database) {
        this.work = work;
        this.store = new StoreWork(database, work.pageBytes());
        this.drained = new CountDownLatch(work.lanes());
    }

    /** Runs it in a process of its own until it has ended. */
    static QueueResult run(DatabaseAddress database, QueueWork work, Path folder)
            throws InterruptedException {
        Duration patience = work.warmUp().plus(work.duration()).plus(PATIENCE);
        String result = start(database, JSON.writeValueAsString(work), patience, folder);
        return JSON.readValue(result, QueueResult.class);
    }

    /** Brings the schema up to date and submits one crawl, in a process of its own. */
    static void prepare(DatabaseAddress database, Path folder) throws InterruptedException {
        start(database, PREPARE, PATIENCE, folder);
    }

    private static String start(
            DatabaseAddress database, String argument, Duration patience, Path folder)
            throws InterruptedException {
        var launch =
                new Launch(
                        "worker that does not fetch",
                        Launch.java(FLAGS, NoFetchWorker.class, List.of(argument)),
                        Map.of(URL_VARIABLE, database.url()),
                        RESULT,
                        patience,
                        folder.resolve("worker.log"),
                        Optional.empty());
        try (Child child = Child.start(launch)) {
            return child.readyText();
        }
    }

    public static void main(String[] args) throws InterruptedException {
        String url = System.getenv(URL_VARIABLE);
        if (args[0].equals(PREPARE)) {
            try (Database database = open(url, 1)) {
                new StoreWork(database, 0).submit(List.of(StoreWork.candidate(SEED_HOST, 0)));
                System.out.println(RESULT + "{}");
            }
            return;
        }
        QueueWork work = JSON.readValue(args[0], QueueWork.class);
        try (Database database = open(url, work.lanes())) {
            QueueResult result = new NoFetchWorker(work, database).work();
            System.out.println(RESULT + JSON.writeValueAsString(result));
        }
    }

    private static Database open(String url, int lanes) {
        // The work pool gets four tenths of the connections; each lane needs one of them.
        return StoreWork.open(url, Math.max(DatabaseConfig.CONNECTIONS_DEFAULT, 3 * lanes));
    }

    private QueueResult work() throws InterruptedException {
        try (ExecutorService lanes = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < work.lanes(); i++) {
                long offset = i * work.turnNanos() / work.lanes();
                lanes.execute(() -> lane(offset));
            }
            lanes.execute(this::count);
            await(work.warmUp());
            times.restart();
            warm = true;
            var cpu = ProcessHandle.current().info();
            Duration cpuBefore = cpu.totalCpuDuration().orElse(Duration.ZERO);
            long end = System.nanoTime() + work.duration().toNanos();
            while (drained.getCount() > 0 && System.nanoTime() < end) {
                await(least(work.window(), Duration.ofNanos(end - System.nanoTime())));
                times.endWindow();
            }
            over.set(true);
            Duration cpuAfter =
                    ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
            return times.result(cpuAfter.minus(cpuBefore).toNanos() / 1e9);
        } finally {
            over.set(true);
        }
    }

    private void await(Duration time) throws InterruptedException {
        boolean empty = drained.await(time.toNanos(), TimeUnit.NANOSECONDS);
        if (empty) {
            over.set(true);
        }
    }

    private static Duration least(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** At full speed until it is warm; from then on at the even times, if there are any. */
    private void lane(long offset) {
        try {
            boolean more = true;
            while (more && !over.get() && !(warm && work.rate() > 0)) {
                more = leaseAndSettle(System.nanoTime());
            }
            long due = System.nanoTime() + offset;
            while (more && !over.get()) {
                LockSupport.parkNanos(due - System.nanoTime());
                more = leaseAndSettle(due);
                due += work.turnNanos();
            }
        } finally {
            drained.countDown();
        }
    }

    /**
     * One lease and all that follows from it; false when no queue was due.
     *
     * @param begin when it should begin: the time of the lease counts from there, so that a turn
     *     that takes too long is felt by those behind it
     */
    private boolean leaseAndSettle(long begin) {
        List<HostLease> leases = store.lease(work.hostsEach(), work.tasksEach());
        int tasks = leases.stream().mapToInt(lease -> lease.tasks().size()).sum();
        times.leased(System.nanoTime() - begin, tasks);
        List<Verdict> verdicts = store.conclude(leases, work.replenish());
        for (int from = 0; from < verdicts.size(); from += work.batch()) {
            settle(verdicts.subList(from, Math.min(from + work.batch(), verdicts.size())));
        }
        if (!leases.isEmpty()) {
            release(leases);
        }
        return !leases.isEmpty();
    }

    /** Counts the backlog now and then, beside the lanes. */
    private void count() {
        while (!over.get()) {
            long begin = System.nanoTime();
            store.count();
            times.counted(System.nanoTime() - begin);
            LockSupport.parkNanos(COUNT_EVERY.toNanos());
        }
    }

    private void settle(List<Verdict> batch) {
        long begin = System.nanoTime();
        store.settle(batch);
        times.settled(System.nanoTime() - begin, batch.size());
    }

    private void release(List<HostLease> leases) {
        long begin = System.nanoTime();
        store.release(leases);
        times.released(System.nanoTime() - begin);
    }
}
