package io.gleaner.worker;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gleaner.cache.CacheSpec;
import io.gleaner.cache.Caches;
import io.gleaner.cache.Codec;
import io.gleaner.cache.TwoLevelCache;
import io.gleaner.cache.Versioned;
import io.gleaner.politeness.RobotsResponse;
import io.gleaner.politeness.RobotsSource;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Loads a robots.txt once for all processes. Only answers of the host are shared: what one process
 * cannot reach another may.
 */
public final class SharedRobots implements RobotsSource {

    private static final long BYTES_MAX = 1 << 20;

    /** The parsed files are kept elsewhere; this bridges the moments between two processes. */
    private static final Duration FRESH = Duration.ofSeconds(1);

    private final RobotsSource source;
    private final TwoLevelCache<Loaded> files;

    public SharedRobots(RobotsSource source, Caches caches, Duration robotsTtl) {
        this.source = source;
        this.files =
                caches.open(
                        CacheSpec.<Loaded>local("robots", BYTES_MAX, SharedRobots::bytes, FRESH)
                                .sharedFor(robotsTtl, new LoadedCodec())
                                .withOneLoadInAll());
    }

    @Override
    public Loaded load(URI robotsUrl) throws InterruptedException {
        try {
            return files.get(robotsUrl.toString(), key -> Optional.of(answered(robotsUrl)))
                    .orElseThrow();
        } catch (Unreachable e) {
            return e.loaded;
        }
    }

    private Versioned<Loaded> answered(URI robotsUrl) throws InterruptedException {
        Loaded loaded = source.load(robotsUrl);
        if (loaded.response() instanceof RobotsResponse.Unreachable) {
            throw new Unreachable(loaded);
        }
        return new Versioned<>(loaded.at().toEpochMilli(), loaded);
    }

    private static int bytes(Loaded loaded) {
        return loaded.response() instanceof RobotsResponse.Found(var body) ? body.length : 8;
    }

    /** Carries what no cache is to keep past the cache. */
    private static final class Unreachable extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final transient Loaded loaded;

        Unreachable(Loaded loaded) {
            super("not reachable", null, false, false);
            this.loaded = loaded;
        }
    }

    /** When, the status (0 for a file that was found), and the file. */
    private static final class LoadedCodec implements Codec<Loaded> {

        @Override
        public byte[] encode(Loaded loaded) {
            byte[] body =
                    loaded.response() instanceof RobotsResponse.Found(var found)
                            ? found
                            : "".getBytes(UTF_8);
            int status =
                    loaded.response() instanceof RobotsResponse.Absent(var absent) ? absent : 0;
            return ByteBuffer.allocate(Long.BYTES + Integer.BYTES + body.length)
                    .putLong(loaded.at().toEpochMilli())
                    .putInt(status)
                    .put(body)
                    .array();
        }

        @Override
        public Loaded decode(byte[] bytes) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            Instant at = Instant.ofEpochMilli(buffer.getLong());
            int status = buffer.getInt();
            byte[] body = new byte[buffer.remaining()];
            buffer.get(body);
            return new Loaded(
                    status == 0
                            ? new RobotsResponse.Found(body)
                            : new RobotsResponse.Absent(status),
                    at);
        }
    }
}
