package io.gleaner.store;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gleaner.job.Job;
import io.gleaner.job.Page;
import io.gleaner.job.rendering.ActionResult;
import io.gleaner.job.rendering.Attachment;
import io.gleaner.job.rendering.Rendering;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is made of pages besides: read in parts, by its name, and gone with the job. */
class AttachmentsIT {

    private final TestStore store = new TestStore();

    @AfterEach
    void close() {
        store.close();
    }

    private Job settled(byte[] bytes) {
        Job job = store.submit(List.of(TestStore.candidate("http://a.example/", "a.example", 0)));
        var made =
                new Rendering(
                        true,
                        "asked for",
                        List.of(
                                new ActionResult(
                                        "pdf", Duration.ofMillis(7), "http://a.example/", "a/b")),
                        List.of(
                                new Attachment("actions/0", "a/b", bytes),
                                new Attachment(Attachment.PDF, "application/pdf", new byte[] {1})));
        for (HostLease lease : store.queues.lease(UUID.randomUUID(), 10, 10)) {
            store.settlement.settle(lease.tasks().stream().map(task -> page(task, made)).toList());
        }
        return job;
    }

    private static Verdict page(LeasedTask task, Rendering made) {
        var plain = (Verdict.Concluded) TestStore.page(task);
        var content = (Page.Content) plain.page();
        return new Verdict.Concluded(
                plain.task(),
                plain.lease(),
                new Page.Content(
                        content.url(),
                        content.finalUrl(),
                        content.status(),
                        content.fetchedAt(),
                        content.depth(),
                        content.contentType(),
                        content.content(),
                        content.cacheState(),
                        made),
                List.of());
    }

    @Test
    void theyAreReadInPartsByTheirName() throws Exception {
        byte[] bytes = new byte[2 * StoredAttachment.PART_BYTES + 17];
        new Random(7).nextBytes(bytes);
        Job job = settled(bytes);
        StoredAttachment found = store.pages.attachment(job.id(), 1, "actions/0").orElseThrow();
        assertThat(found.mediaType()).isEqualTo("a/b");
        assertThat(found.bytes()).isEqualTo(bytes.length);
        var read = new ByteArrayOutputStream();
        found.writeTo(read);
        assertThat(read.toByteArray()).isEqualTo(bytes);
        assertThat(store.pages.attachment(job.id(), 1, "actions/1")).isEmpty();
        assertThat(store.pages.attachment(job.id(), 2, "actions/0")).isEmpty();
        assertThat(store.job(job).rendered()).isEqualTo(1);
    }

    @Test
    void thePageTellsOfThemWithoutThem() {
        Job job = settled(new byte[] {1, 2, 3});
        StoredPage stored = store.pages.read(job.id(), 0, 1, PageFilter.ALL).getFirst();
        Rendering rendering = requireNonNull(((Page.Content) stored.page()).rendering());
        assertThat(rendering.actions())
                .containsExactly(
                        new ActionResult("pdf", Duration.ofMillis(7), "http://a.example/", "a/b"));
        assertThat(rendering.attachment(Attachment.PDF).orElseThrow().bytes()).isEmpty();
        assertThat(rendering.attachment("actions/0").orElseThrow().mediaType()).isEqualTo("a/b");
    }

    @Test
    void oneThatGoesWhileItIsReadEndsThere() {
        Job job = settled(new byte[3 * StoredAttachment.PART_BYTES]);
        StoredAttachment found = store.pages.attachment(job.id(), 1, "actions/0").orElseThrow();
        OutputStream out =
                new ByteArrayOutputStream() {
                    @Override
                    public synchronized void write(byte[] part, int from, int length) {
                        super.write(part, from, length);
                        store.execute("DELETE FROM attachment");
                    }
                };
        assertThatThrownBy(() -> found.writeTo(out))
                .isInstanceOf(IOException.class)
                .hasMessage("the job is gone");
    }
}
