package io.gleaner.perf.chaos;

import io.gleaner.perf.load.Target;
import io.gleaner.perf.process.BenchException;
import io.gleaner.perf.process.PostgresControl;
import io.gleaner.perf.process.Service;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/** All processes of the service and its database; strikes them and starts them again. */
final class Fleet implements AutoCloseable {

    private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long DOWN_NANOS_MAX = TimeUnit.MILLISECONDS.toNanos(500);

    private final List<Member> apis = new ArrayList<>();
    private final List<Member> workers = new ArrayList<>();
    private final PostgresControl postgres;
    private final Outages outages;
    private final Presence presence = new Presence(System::nanoTime);
    private final LeaseWatch leases;
    private final ReentrantLock oneOutage = new ReentrantLock();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ConcurrentSkipListMap<Blow, Integer> done = new ConcurrentSkipListMap<>();
    private final List<Future<?>> begun = Collections.synchronizedList(new ArrayList<>());

    Fleet(PostgresControl postgres, Outages outages, LeaseWatch leases) {
        this.postgres = postgres;
        this.outages = outages;
        this.leases = leases;
    }

    void add(int apiCount, Callable<Service> api, int workerCount, Callable<Service> worker) {
        for (int n = 1; n <= apiCount; n++) {
            apis.add(new Member("api " + n, api));
        }
        for (int n = 1; n <= workerCount; n++) {
            workers.add(new Member("worker " + n, worker));
        }
        // The first alone, because it makes the tables.
        apis.getFirst().start();
        all().stream().skip(1).forEach(member -> begin(() -> start(member)));
        settle();
    }

    private void start(Member member) {
        member.start();
        if (workers.contains(member)) {
            presence.joined(member.name());
        }
    }

    Presence presence() {
        return presence;
    }

    private List<Member> all() {
        var all = new ArrayList<>(apis);
        all.addAll(workers);
        return all;
    }

    /** The address of any API that lives. */
    Optional<Target> api() {
        List<Target> living =
                apis.stream()
                        .flatMap(member -> member.life().stream())
                        .map(life -> life.service().target())
                        .toList();
        return living.isEmpty()
                ? Optional.empty()
                : Optional.of(living.get(ThreadLocalRandom.current().nextInt(living.size())));
    }

    /** The ids of the workers that live. */
    List<String> livingWorkers() {
        return workers.stream()
                .flatMap(member -> member.life().stream())
                .map(Member.Life::worker)
                .toList();
    }

    int failedStarts() {
        return all().stream().mapToInt(Member::failedStarts).sum();
    }

    Map<Blow, Integer> done() {
        return Map.copyOf(done);
    }

    /** Begins it and returns; whoever is hit is started again at once. */
    void strike(Blow blow, Random random) {
        done.merge(blow, 1, Integer::sum);
        switch (blow) {
            case KILL_WORKER -> end(victim(workers, random), true);
            case KILL_API -> end(victim(apis, random), true);
            case TERM_WORKER -> end(victim(workers, random), false);
            case TERM_API -> end(victim(apis, random), false);
            case POSTGRES_FAST ->
                    begin(() -> restart("pg_ctl restart -m fast", () -> postgres.stop("fast")));
            case POSTGRES_IMMEDIATE ->
                    begin(
                            () ->
                                    restart(
                                            "pg_ctl restart -m immediate",
                                            () -> postgres.stop("immediate")));
            case POSTGRES_KILL -> begin(() -> restart("kill -9 of the postmaster", postgres::kill));
        }
    }

    /** Kills the process of that worker; false when it is gone already. */
    boolean killWorker(String worker) {
        for (Member member : workers) {
            if (member.life().filter(life -> life.worker().equals(worker)).isPresent()) {
                Optional<Member.Life> taken = member.take();
                taken.ifPresent(life -> begin(() -> replace(member, life, true)));
                return taken.isPresent();
            }
        }
        return false;
    }

    private record Victim(Member member, Member.Life life) {}

    /** One of those that live, as soon as one does. */
    private static Victim victim(List<Member> members, Random random) {
        while (true) {
            List<Member> living =
                    members.stream().filter(member -> member.life().isPresent()).toList();
            if (!living.isEmpty()) {
                Member member = living.get(random.nextInt(living.size()));
                Optional<Member.Life> taken = member.take();
                if (taken.isPresent()) {
                    return new Victim(member, taken.get());
                }
            }
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
    }

    private void end(Victim victim, boolean kill) {
        begin(() -> replace(victim.member(), victim.life(), kill));
    }

    private void replace(Member member, Member.Life life, boolean kill) {
        if (workers.contains(member)) {
            presence.left(member.name());
        }
        if (kill) {
            if (!life.worker().isEmpty()) {
                leases.died(life.worker(), true);
            }
            life.service().kill();
        } else {
            life.service().close();
            if (!life.worker().isEmpty()) {
                leases.died(life.worker(), false);
            }
        }
        start(member);
    }

    /** Something that may be interrupted. */
    private interface Stop {
        void run() throws InterruptedException;
    }

    private void restart(String how, Stop stop) {
        oneOutage.lock();
        try {
            outages.begin();
            stop.run();
            LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(DOWN_NANOS_MAX));
            postgres.start();
            outages.end(how);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            oneOutage.unlock();
        }
    }

    private void begin(Runnable work) {
        begun.add(threads.submit(work));
    }

    /** Waits until all that was begun has ended, and tells what went wrong with it. */
    void settle() {
        while (!begun.isEmpty()) {
            try {
                begun.removeFirst().get(5, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (ExecutionException | TimeoutException e) {
                throw new BenchException(
                        "a process or the database was not started again: " + e.getMessage(), e);
            }
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        all().parallelStream().forEach(Member::close);
        threads.close();
    }
}
