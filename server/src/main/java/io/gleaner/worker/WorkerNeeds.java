package io.gleaner.worker;

import io.gleaner.bodies.Bodies;
import io.gleaner.budget.Budget;
import io.gleaner.cache.Signals;
import io.gleaner.politeness.HostPaces;
import io.gleaner.store.HostQueues;
import io.gleaner.store.Jobs;
import io.gleaner.store.QueueKind;
import io.gleaner.store.Settlement;
import io.gleaner.store.Workers;
import java.time.InstantSource;

/**
 * What a worker is built on.
 *
 * @param kind which queues it serves
 * @param cancellations the jobs over connections that no flood of requests uses up
 * @param bodies keeps what is large before it is settled
 * @param extraction where the runner has pages read
 * @param pages memory for pages that wait for their commit
 */
public record WorkerNeeds(
        Jobs jobs,
        Jobs cancellations,
        HostQueues queues,
        QueueKind kind,
        Settlement settlement,
        Bodies bodies,
        Workers workers,
        HostPaces paces,
        TaskRunner runner,
        ExtractionThreads extraction,
        Budget pages,
        WorkerMetrics metrics,
        Signals signals,
        InstantSource clock) {}
