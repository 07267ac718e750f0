package io.gleaner.perf.autoscale.drill;

import io.gleaner.perf.chaos.LeaseWatch;
import io.gleaner.perf.pods.Deployment;
import io.gleaner.perf.pods.Pod;
import io.gleaner.perf.process.BenchException;
import io.gleaner.perf.process.DatabaseAddress;
import io.gleaner.perf.process.Service;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Scales down with {@code kill -9}, as when a node is lost. Each is struck as soon as it has a
 * host's queue in hand, or after a moment if it gets none: a worker that holds nothing proves
 * nothing.
 */
final class Killing implements DrillCluster.Scaling {

    private static final Duration MOMENT = Duration.ofMillis(500);
    private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final String HOLDS = "SELECT 1 FROM host WHERE lease_owner = ?::uuid LIMIT 1";

    private final Deployment workers;
    private final DatabaseAddress database;
    private final LeaseWatch leases;
    private int killed;

    Killing(Deployment workers, DatabaseAddress database, LeaseWatch leases) {
        this.workers = workers;
        this.database = database;
        this.leases = leases;
    }

    int killed() {
        return killed;
    }

    @Override
    public void to(int replicas) {
        List<Pod> pods = workers.pods();
        List<Pod> victims =
                pods.stream()
                        .sorted(Deployment.FIRST_TO_GO)
                        .limit(Math.max(0, pods.size() - replicas))
                        .toList();
        victims.parallelStream().forEach(this::kill);
        killed += victims.size();
        workers.scaleTo(replicas);
    }

    private void kill(Pod pod) {
        pod.service().ifPresent(this::awaitWork);
        try {
            pod.kill();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitWork(Service service) {
        String worker = service.worker();
        if (worker.isEmpty()) {
            throw new BenchException("a worker did not tell its id in its log");
        }
        awaitLease(worker);
        leases.died(worker, true);
    }

    private void awaitLease(String worker) {
        long end = System.nanoTime() + MOMENT.toNanos();
        try (Connection connection = DriverManager.getConnection(database.url());
                var select = connection.prepareStatement(HOLDS)) {
            select.setString(1, worker);
            while (System.nanoTime() < end) {
                try (var row = select.executeQuery()) {
                    if (row.next()) {
                        return;
                    }
                }
                LockSupport.parkNanos(LOOK_AGAIN_NANOS);
            }
        } catch (SQLException e) {
            throw new BenchException("the leases cannot be read: " + e.getMessage(), e);
        }
    }
}
