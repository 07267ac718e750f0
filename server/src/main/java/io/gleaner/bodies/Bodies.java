package io.gleaner.bodies;

import io.gleaner.job.Capture;
import io.gleaner.job.Page;
import io.gleaner.job.rendering.Attachment;
import io.gleaner.objects.ObjectStore;
import io.gleaner.objects.ObjectsException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the large parts of pages where they belong, and reads them there. */
public final class Bodies {

    private static final Logger LOG = LoggerFactory.getLogger(Bodies.class);
    private static final long AGAIN_MS = 500;
    private static final long SAID_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final @Nullable ObjectStore objects;
    private final AtomicLong saidAt = new AtomicLong(System.nanoTime() - SAID_NANOS);

    /**
     * @param objects or null for all in the database
     */
    public Bodies(@Nullable ObjectStore objects) {
        this.objects = objects;
    }

    /** A page and what of it was put into the object store. */
    public record Deposited(Page page, Deposit deposit) {}

    /**
     * Puts what is large into the object store, if there is one, and takes it out of the page.
     * Waits for as long as the store is away.
     *
     * @throws ObjectsException when the store will never take it
     */
    public Deposited deposit(UUID job, Page page) throws InterruptedException {
        return switch (page) {
            case Page.Content content when objects != null && hasBodies(content) -> {
                Deposit deposit = deposit(objects, job, content);
                yield new Deposited(without(content), deposit);
            }
            case Page.Content _, Page.Fault _ -> new Deposited(page, Deposit.NONE);
        };
    }

    private static boolean hasBodies(Page.Content page) {
        return !page.captures().isEmpty() || !attachments(page).isEmpty();
    }

    private Deposit deposit(ObjectStore store, UUID job, Page.Content page)
            throws InterruptedException {
        byte[] encoded = CaptureCodec.encode(page.captures());
        UUID captures = encoded == null ? null : put(store, job, encoded);
        Map<String, Deposit.Kept> kept = new HashMap<>();
        for (Attachment one : attachments(page)) {
            kept.put(
                    one.name(), new Deposit.Kept(put(store, job, one.bytes()), one.bytes().length));
        }
        return new Deposit(captures, kept);
    }

    private UUID put(ObjectStore store, UUID job, byte[] bytes) throws InterruptedException {
        UUID name = UUID.randomUUID();
        while (true) {
            try {
                store.put(job, name, bytes);
                return name;
            } catch (RuntimeException e) {
                if (Thread.interrupted()) { // Stopping: the task stays where it is.
                    throw new InterruptedException(e.toString());
                }
                if (!(e instanceof ObjectsException away) || away.isRefusal()) {
                    throw e;
                }
                say(away);
                TimeUnit.MILLISECONDS.sleep(AGAIN_MS);
            }
        }
    }

    /** Of what a thousand pages meet in a second the log needs one line. */
    private void say(ObjectsException e) {
        long last = saidAt.get();
        long now = System.nanoTime();
        if (!e.isKnownOutage() && now - last >= SAID_NANOS && saidAt.compareAndSet(last, now)) {
            LOG.warn("bodies of pages cannot be kept, trying again: {}", e.getMessage());
        }
    }

    private static List<Attachment> attachments(Page.Content page) {
        return page.rendering() == null ? List.of() : page.rendering().attachments();
    }

    private static Page.Content without(Page.Content page) {
        return new Page.Content(
                page.url(),
                page.finalUrl(),
                page.status(),
                page.fetchedAt(),
                page.depth(),
                page.contentType(),
                page.content(),
                page.cacheState(),
                page.rendering() == null ? null : page.rendering().withoutBytes());
    }

    /** What came over the wire, of {@link Deposit#captures}. */
    public List<Capture> captures(UUID job, UUID object) {
        return CaptureCodec.decode(store().get(job, object));
    }

    /** An attachment, of {@link Deposit#attachments}; it is there when this returns. */
    public InputStream open(UUID job, UUID object) {
        return store().open(job, object);
    }

    private ObjectStore store() {
        if (objects == null) {
            throw ObjectsException.noStore();
        }
        return objects;
    }
}
