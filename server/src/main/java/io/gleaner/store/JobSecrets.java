package io.gleaner.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gleaner.job.FetchSpec;
import io.gleaner.job.JobSpec;
import io.gleaner.seal.Sealer;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/**
 * The request headers of a job that may carry a secret: sealed apart from its specification, for
 * this job alone, and gone with the statement that ends it.
 */
final class JobSecrets {

    private static final TypeReference<Map<String, String>> HEADERS = new TypeReference<>() {};

    private JobSecrets() {}

    /** The specification as everybody may read it. */
    static JobSpec without(JobSpec spec) {
        Map<String, String> headers = spec.fetch().headers();
        return FetchSpec.secret(headers).isEmpty()
                ? spec
                : spec.withHeaders(FetchSpec.plain(headers));
    }

    /**
     * What {@link #without} leaves out, or null when that is nothing.
     *
     * @throws io.gleaner.seal.SealException when there is something and no key
     */
    static byte @Nullable [] seal(Sealer sealer, UUID job, JobSpec spec) {
        Map<String, String> secret = FetchSpec.secret(spec.fetch().headers());
        return secret.isEmpty()
                ? null
                : sealer.seal(Json.write(secret).getBytes(UTF_8), context(job));
    }

    /**
     * The specification as it was submitted.
     *
     * @param sealed what {@link #seal} answered
     * @throws io.gleaner.seal.SealException when the key is not here
     */
    static JobSpec with(Sealer sealer, UUID job, JobSpec spec, byte @Nullable [] sealed) {
        if (sealed == null) {
            return spec;
        }
        var headers = new TreeMap<>(spec.fetch().headers());
        headers.putAll(Json.read(new String(sealer.open(sealed, context(job)), UTF_8), HEADERS));
        return spec.withHeaders(headers);
    }

    private static byte[] context(UUID job) {
        return ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(job.getMostSignificantBits())
                .putLong(job.getLeastSignificantBits())
                .array();
    }
}
