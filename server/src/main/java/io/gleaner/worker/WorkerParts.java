package io.gleaner.worker;

import io.gleaner.bodies.Bodies;
import io.gleaner.budget.Budget;
import io.gleaner.politeness.HostPaces;
import io.gleaner.store.HostRelease;
import io.gleaner.store.QueueKind;
import io.gleaner.store.Verdict;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * What the host runs of one worker share.
 *
 * @param id the worker, as the store knows it
 * @param kind which queues the worker serves
 * @param concurrency permits for fetches in flight over all hosts
 * @param seekers the host runs that want a fetch now
 * @param refills gets more tasks of a queue in hand
 * @param extraction knows how many pages of which job are under way
 * @param threads one virtual thread per task
 * @param draining whether the worker is stopping and nothing new may begin
 * @param bodies keeps what is large before it is settled
 * @param settler concludes tasks
 * @param pages memory for what waits for the settler
 * @param releaser lets go of queues
 * @param addedVersion changes when tasks may have been queued
 * @param othersWait whether due queues wait because this worker has enough to do
 */
record WorkerParts(
        UUID id,
        WorkerConfig config,
        QueueKind kind,
        Refills refills,
        HostPaces paces,
        JobContexts jobs,
        TaskRunner runner,
        ExtractionThreads extraction,
        Bodies bodies,
        Batches<Verdict> settler,
        Budget pages,
        Batches<HostRelease> releaser,
        Semaphore concurrency,
        Seekers seekers,
        ExecutorService threads,
        BooleanSupplier draining,
        BooleanSupplier othersWait,
        LongSupplier addedVersion,
        InstantSource clock) {}
