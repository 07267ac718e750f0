package io.gleaner.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gleaner.job.Capture;
import io.gleaner.job.Job;
import io.gleaner.job.Page;
import io.gleaner.job.rendering.Attachment;
import io.gleaner.store.StoredPage;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.netpreserve.jwarc.MediaType;
import org.netpreserve.jwarc.MessageVersion;
import org.netpreserve.jwarc.WarcCaptureRecord;
import org.netpreserve.jwarc.WarcCompression;
import org.netpreserve.jwarc.WarcDigest;
import org.netpreserve.jwarc.WarcRequest;
import org.netpreserve.jwarc.WarcResource;
import org.netpreserve.jwarc.WarcResponse;
import org.netpreserve.jwarc.WarcRevisit;
import org.netpreserve.jwarc.WarcTruncationReason;
import org.netpreserve.jwarc.WarcWriter;
import org.netpreserve.jwarc.Warcinfo;

/**
 * A web archive (WARC 1.1, ISO 28500:2017), each record compressed by itself. The same pages give
 * the same bytes, so that an index which is made later, or of fewer pages, fits.
 */
final class WarcFile {

    /** Told of each record that an index knows. */
    interface Listener {
        /**
         * @param record to be read by the listener
         * @param start of its compressed bytes
         */
        void wrote(WarcCaptureRecord record, long start, long length) throws IOException;
    }

    /** Makes the same record again, as one is read only once. */
    private interface Making {
        WarcCaptureRecord make() throws IOException;
    }

    private static final MediaType REQUEST = MediaType.parse("application/http;msgtype=request");
    private static final MediaType RESPONSE = MediaType.parse("application/http;msgtype=response");

    private final UUID job;
    private final PageFeed feed;
    private final WarcWriter writer;
    private final Listener listener;

    /** Hash of a body to the place where it is: the page's {@code seq}, and the number therein. */
    private final LongTable bodies = new LongTable();

    private WarcFile(UUID job, PageFeed feed, WarcWriter writer, Listener listener) {
        this.job = job;
        this.feed = feed;
        this.writer = writer;
        this.listener = listener;
    }

    static void write(Job job, PageFeed feed, OutputStream out)
            throws IOException, InterruptedException {
        write(job, feed, out, (record, start, length) -> {});
    }

    static void write(Job job, PageFeed feed, OutputStream out, Listener listener)
            throws IOException, InterruptedException {
        // Not closed: what failed is not to be ended as if it were whole.
        var writer = new WarcWriter(Channels.newChannel(out), WarcCompression.GZIP);
        writer.write(info(job));
        feed.pages(new WarcFile(job.id(), feed, writer, listener)::add);
    }

    private static Warcinfo info(Job job) {
        return new Warcinfo.Builder()
                .version(MessageVersion.WARC_1_1)
                .recordId(id(job.id(), 0, 0, "info"))
                .date(job.createdAt())
                .fields(
                        Map.of(
                                "software", List.of("Gleaner"),
                                "format", List.of("WARC File Format 1.1"),
                                "conformsTo",
                                        List.of(
                                                "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"),
                                "description", List.of("job " + job.id())))
                .build();
    }

    private void add(StoredPage stored) throws IOException, InterruptedException {
        if (!(stored.page() instanceof Page.Content page)) {
            return;
        }
        List<Capture> captures = feed.captures(stored.seq());
        for (int number = 0; number < captures.size(); number++) {
            switch (captures.get(number)) {
                case Capture.Exchange exchange -> add(stored.seq(), number, exchange);
                case Capture.Document document -> add(stored.seq(), number, document);
            }
        }
        if (page.rendering() != null
                && page.rendering().attachment(Attachment.SCREENSHOT).isPresent()) {
            Optional<Attachment> taken = feed.screenshot(stored.seq());
            if (taken.isPresent()) {
                add(stored.seq(), page, taken.get());
            }
        }
    }

    private void add(long seq, int number, Capture.Exchange exchange) throws IOException {
        UUID id = id(job, seq, number, "response");
        byte[] head = exchange.responseHead().getBytes(UTF_8);
        Optional<Capture> first =
                exchange.whole() ? first(seq, number, exchange) : Optional.empty();
        write(
                () ->
                        first.isPresent()
                                ? revisit(exchange, head, first.get()).recordId(id).build()
                                : response(exchange, head).recordId(id).build());
        WarcRequest.Builder request =
                new WarcRequest.Builder(exchange.url())
                        .version(MessageVersion.WARC_1_1)
                        .recordId(id(job, seq, number, "request"))
                        .date(exchange.at())
                        .concurrentTo(URI.create("urn:uuid:" + id))
                        .body(REQUEST, exchange.requestHead().getBytes(UTF_8));
        writer.write(request.build());
    }

    private static WarcResponse.Builder response(Capture.Exchange exchange, byte[] head) {
        byte[] block =
                ByteBuffer.allocate(head.length + exchange.body().length)
                        .put(head)
                        .put(exchange.body())
                        .array();
        WarcResponse.Builder response =
                new WarcResponse.Builder(exchange.url())
                        .version(MessageVersion.WARC_1_1)
                        .date(exchange.at())
                        .setHeader("WARC-Protocol", exchange.protocol())
                        .blockDigest(digest(block))
                        .body(RESPONSE, block);
        return exchange.whole()
                ? response.payloadDigest(digest(exchange.body()))
                : response.truncated(WarcTruncationReason.UNSPECIFIED);
    }

    private static WarcRevisit.Builder revisit(
            Capture.Exchange exchange, byte[] head, Capture first) {
        return new WarcRevisit.Builder(exchange.url(), WarcRevisit.IDENTICAL_PAYLOAD_DIGEST_1_1)
                .version(MessageVersion.WARC_1_1)
                .date(exchange.at())
                .setHeader("WARC-Protocol", exchange.protocol())
                .refersTo((URI) null, first.url(), first.at())
                .blockDigest(digest(head))
                .payloadDigest(digest(exchange.body()))
                .body(RESPONSE, head);
    }

    /**
     * An earlier capture with the same body; of two pages whose hashes agree both are looked at.
     */
    private Optional<Capture> first(long seq, int number, Capture.Exchange exchange) {
        long place = seq << 8 | number;
        if (exchange.body().length == 0 || number > 0xff) {
            return Optional.empty();
        }
        long earlier = bodies.putIfAbsent(hash(exchange.body()), place);
        if (earlier == place) {
            return Optional.empty();
        }
        List<Capture> there = feed.captures(earlier >> 8);
        int at = (int) (earlier & 0xff);
        return at < there.size() && Arrays.equals(there.get(at).body(), exchange.body())
                ? Optional.of(there.get(at))
                : Optional.empty();
    }

    private void add(long seq, int number, Capture.Document document) throws IOException {
        UUID id = id(job, seq, number, "document");
        write(
                () ->
                        resource(
                                        document.url(),
                                        document.at(),
                                        document.mediaType(),
                                        document.body())
                                .recordId(id)
                                .build());
    }

    private void add(long seq, Page.Content page, Attachment taken) throws IOException {
        UUID id = id(job, seq, 0, "screenshot");
        write(
                () ->
                        resource(
                                        "screenshot:" + page.finalUrl(),
                                        page.fetchedAt(),
                                        taken.mediaType(),
                                        taken.bytes())
                                .recordId(id)
                                .build());
    }

    private static WarcResource.Builder resource(
            String url, Instant at, String mediaType, byte[] body) {
        return new WarcResource.Builder()
                .setHeader("WARC-Target-URI", url)
                .version(MessageVersion.WARC_1_1)
                .date(at)
                .blockDigest(digest(body))
                .payloadDigest(digest(body))
                .body(MediaType.parse(mediaType), body);
    }

    private void write(Making making) throws IOException {
        long start = writer.position();
        writer.write(making.make());
        listener.wrote(making.make(), start, writer.position() - start);
    }

    /** Of the same bytes in the same place always the same. */
    private static UUID id(UUID job, long seq, int number, String kind) {
        return UUID.nameUUIDFromBytes(
                "%s %d %d %s".formatted(job, seq, number, kind).getBytes(UTF_8));
    }

    // What archives name payloads by; whether they are the same is decided by their bytes.
    private static WarcDigest digest(byte[] bytes) {
        return new WarcDigest("SHA-1", sha1(bytes));
    }

    private static long hash(byte[] bytes) {
        return ByteBuffer.wrap(sha1(bytes)).getLong();
    }

    private static byte[] sha1(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-1").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }
}
