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
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Scales down with {@code kill -9}, as when a node is lost. It takes a worker that holds a host's
 * queue at that moment, as the leases say: a worker that holds nothing proves nothing.
 */
final class Killing implements DrillCluster.Scaling {

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(5);
    // A statement that a worker had sent before it was stopped has ended then.
    private static final Duration SENT_BEFORE = Duration.ofMillis(20);
    private static final String HOLDERS =
            "SELECT DISTINCT lease_owner::text FROM host WHERE lease_owner IS NOT NULL";

    private final Deployment workers;
    private final DatabaseAddress database;
    private final LeaseWatch leases;
    private int killed;
    private int withQueue;

    Killing(Deployment workers, DatabaseAddress database, LeaseWatch leases) {
        this.workers = workers;
        this.database = database;
        this.leases = leases;
    }

    int killed() {
        return killed;
    }

    /** Of those that were killed, who held a queue. */
    int withQueue() {
        return withQueue;
    }

    @Override
    public void to(int replicas) {
        try {
            for (int surplus = workers.pods().size() - replicas; surplus > 0; surplus--) {
                kill();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        workers.scaleTo(replicas);
    }

    /** Kills a worker and starts another in its place. */
    void replace() throws InterruptedException {
        int replicas = workers.pods().size();
        kill();
        workers.scaleTo(replicas);
        workers.awaitReady();
    }

    /** One that holds a queue; if nobody does for a while, the one that a ReplicaSet would take. */
    private void kill() throws InterruptedException {
        Optional<Pod> holder = stopped();
        withQueue += holder.isPresent() ? 1 : 0;
        killed++;
        Pod victim = holder.orElseGet(() -> living().getFirst());
        victim.service().map(Killing::worker).ifPresent(worker -> leases.died(worker, true));
        victim.kill();
    }

    private List<Pod> living() {
        return workers.pods().stream()
                .filter(pod -> pod.phase() != Pod.Phase.ENDED)
                .sorted(Deployment.FIRST_TO_GO)
                .toList();
    }

    /** A worker that holds a queue and was stopped before it could let go of it. */
    private Optional<Pod> stopped() throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        try (Connection connection = DriverManager.getConnection(database.url())) {
            while (System.nanoTime() < end) {
                Set<String> holders = holders(connection);
                for (Pod pod : living()) {
                    if (holds(pod, holders) && stays(pod, connection)) {
                        return Optional.of(pod);
                    }
                }
                Thread.sleep(LOOK_AGAIN);
            }
        } catch (SQLException e) {
            throw new BenchException("the leases cannot be read: " + e.getMessage(), e);
        }
        return Optional.empty();
    }

    private static boolean stays(Pod pod, Connection connection)
            throws SQLException, InterruptedException {
        Service service = pod.service().orElseThrow();
        service.freeze();
        Thread.sleep(SENT_BEFORE);
        boolean stays = holds(pod, holders(connection));
        if (!stays) {
            service.thaw();
        }
        return stays;
    }

    private static boolean holds(Pod pod, Set<String> holders) {
        return pod.service().map(Killing::worker).filter(holders::contains).isPresent();
    }

    private static Set<String> holders(Connection connection) throws SQLException {
        Set<String> holders = new HashSet<>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(HOLDERS)) {
            while (rows.next()) {
                holders.add(rows.getString(1));
            }
        }
        return holders;
    }

    private static String worker(Service service) {
        String worker = service.worker();
        if (worker.isEmpty()) {
            throw new BenchException("a worker did not tell its id in its log");
        }
        return worker;
    }
}
