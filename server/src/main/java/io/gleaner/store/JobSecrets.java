package io.gleaner.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gleaner.job.FetchSpec;
import io.gleaner.job.JobSpec;
import io.gleaner.seal.Sealer;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/**
 * What may be a secret in a job, request headers and the texts that its actions write: sealed apart
 * from its specification, for this job alone, and gone with the statement that ends it.
 */
final class JobSecrets {

    private static final TypeReference<Map<String, String>> HEADERS = new TypeReference<>() {};

    /** No header has this name. What is behind it are the texts, as JSON. */
    private static final String TEXTS = ":texts";

    private static final TypeReference<List<String>> STRINGS = new TypeReference<>() {};

    private JobSecrets() {}

    /** The specification as everybody may read it. */
    static JobSpec without(JobSpec spec) {
        Map<String, String> headers = spec.fetch().headers();
        JobSpec open =
                FetchSpec.secret(headers).isEmpty()
                        ? spec
                        : spec.withHeaders(FetchSpec.plain(headers));
        List<String> texts = spec.fetch().render().texts();
        return texts.isEmpty() ? open : open.withTexts(texts.stream().map(_ -> "").toList());
    }

    /**
     * What {@link #without} leaves out, or null when that is nothing.
     *
     * @throws io.gleaner.seal.SealException when there is something and no key
     */
    static byte @Nullable [] seal(Sealer sealer, UUID job, JobSpec spec) {
        Map<String, String> secret = new TreeMap<>(FetchSpec.secret(spec.fetch().headers()));
        List<String> texts = spec.fetch().render().texts();
        if (!texts.isEmpty()) {
            secret.put(TEXTS, Json.write(texts));
        }
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
        String texts = headers.remove(TEXTS);
        JobSpec whole = spec.withHeaders(headers);
        return texts == null ? whole : whole.withTexts(Json.read(texts, STRINGS));
    }

    private static byte[] context(UUID job) {
        return ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(job.getMostSignificantBits())
                .putLong(job.getLeastSignificantBits())
                .array();
    }
}
