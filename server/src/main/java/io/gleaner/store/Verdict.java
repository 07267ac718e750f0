package io.gleaner.store;

import io.gleaner.bodies.Bodies;
import io.gleaner.bodies.Deposit;
import io.gleaner.job.Candidate;
import io.gleaner.job.Identity;
import io.gleaner.job.Page;
import io.gleaner.job.Task;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a task leaves its host queue. */
public sealed interface Verdict {

    Task task();

    /** What the task was in hand by. */
    Lease lease();

    /** The host queue the task is in. */
    default String host() {
        return lease().host();
    }

    /**
     * It came to a page, which may lead to more URLs.
     *
     * @param identities what the page is known by: if another page of the crawl has one of them, it
     *     comes to {@link io.gleaner.job.FaultCode#DUPLICATE}
     * @param home where a start page led to that is on another host, or null
     * @param deposit what of the page is kept elsewhere already
     */
    record Concluded(
            Task task,
            Lease lease,
            Page page,
            List<Candidate> outlinks,
            List<Identity> identities,
            @Nullable URI home,
            Deposit deposit)
            implements Verdict {

        /** Of a page that is still whole. */
        public Concluded(
                Task task,
                Lease lease,
                Page page,
                List<Candidate> outlinks,
                List<Identity> identities,
                @Nullable URI home) {
            this(task, lease, page, outlinks, identities, home, Deposit.NONE);
        }

        /** Of a page that is known by its URL alone. */
        public Concluded(Task task, Lease lease, Page page, List<Candidate> outlinks) {
            this(task, lease, page, outlinks, List.of(), null);
        }

        /** The same once its large parts have been put elsewhere. */
        public Concluded with(Bodies.Deposited deposited) {
            return new Concluded(
                    task, lease, deposited.page(), outlinks, identities, home, deposited.deposit());
        }
    }

    /** No usable answer this time: once more, at the tail. Costs an attempt. */
    record Retried(Task task, Lease lease) implements Verdict {}

    /**
     * The host said "later" to this URL: once more, behind what else there is. Costs no attempt.
     *
     * @param counted whether it costs a refusal, because the host answers other URLs
     */
    record Deferred(Task task, Lease lease, boolean counted) implements Verdict {}

    /**
     * It needs a browser, which its worker has not: once more, at the tail, for one that has. Costs
     * nothing.
     *
     * @param why one clause, which the page will tell
     */
    record ForBrowser(Task task, Lease lease, String why) implements Verdict {}

    /** Its worker died: once more, at the tail. Costs a rescue. */
    record Rescued(Task task, Lease lease) implements Verdict {}

    /** Its job has ended: nothing is stored. */
    record Dropped(Task task, Lease lease) implements Verdict {}
}
