package io.gleaner.app;

import io.gleaner.bodies.Bodies;
import io.gleaner.budget.Budgets;
import io.gleaner.cache.Bus;
import io.gleaner.cache.Caches;
import io.gleaner.cache.SharedStore;
import io.gleaner.cache.Signals;
import io.gleaner.fetch.FetchConfig;
import io.gleaner.fetch.Fetcher;
import io.gleaner.store.KnownUrls;
import io.gleaner.store.QueueKind;
import io.gleaner.store.TestStore;
import io.gleaner.worker.Worker;
import io.gleaner.worker.WorkerMetrics;
import io.gleaner.worker.WorkerNeeds;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;

/** A worker with all its steps on a store of a test, which stays the test's. */
final class WorkerOnStore implements AutoCloseable {

    final Budgets budgets =
            Budgets.sharing(Budgets.standardBytes(), Fetcher.heldMaxBytes(FetchConfig.standard()));
    final Steps steps;
    final Worker worker;

    private final Caches caches;

    WorkerOnStore(TestStore store, Limits limits, Signals signals, MeterRegistry meters) {
        InstantSource clock = InstantSource.system();
        var metrics = new WorkerMetrics(meters);
        caches = new Caches(SharedStore.NONE, Bus.NONE, meters, clock);
        steps =
                new Steps(
                        Settings.defaults().with(draft -> draft.allowPrivateNetworks = true),
                        limits,
                        budgets,
                        caches,
                        new KnownUrls(store.database.work()),
                        metrics,
                        meters,
                        clock);
        worker =
                Worker.start(
                        limits.worker(),
                        new WorkerNeeds(
                                store.jobs,
                                store.jobs,
                                store.queues,
                                QueueKind.ANY,
                                store.settlement,
                                new Bodies(null),
                                store.workers,
                                steps.paces(),
                                steps.runner(),
                                steps.extraction(),
                                budgets.pages(),
                                metrics,
                                signals,
                                clock));
    }

    boolean isIdle() {
        return worker.inFlight() == 0 && worker.hostsInHand() == 0;
    }

    @Override
    public void close() {
        worker.close();
        steps.close();
        caches.close();
    }
}
