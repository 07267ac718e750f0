package io.gleaner.store;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;

/** Makes UUIDv7 ids (RFC 9562, section 5.7): 48 bits of milliseconds, the rest random. */
final class JobIds {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final long VERSION_7 = 0x7000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private JobIds() {}

    static UUID next(Instant now) {
        long high = now.toEpochMilli() << 16 | VERSION_7 | (RANDOM.nextLong() & 0x0fffL);
        long low = VARIANT | (RANDOM.nextLong() & 0x3fff_ffff_ffff_ffffL);
        return new UUID(high, low);
    }

    /** The lower bound of all ids made at a moment or later. */
    static UUID from(Instant moment) {
        return new UUID(moment.toEpochMilli() << 16, 0);
    }
}
