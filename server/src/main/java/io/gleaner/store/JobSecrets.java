package io.gleaner.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gleaner.job.FetchSpec;
import io.gleaner.job.JobSpec;
import io.gleaner.job.WebhookSpec;
import io.gleaner.job.manners.Manners;
import io.gleaner.seal.Sealer;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/**
 * What may be a secret in a job, request headers, passwords and the texts that its actions write:
 * sealed apart from its specification, for this job alone, and gone with the statement that ends
 * it.
 */
final class JobSecrets {

    private static final TypeReference<Map<String, String>> HEADERS = new TypeReference<>() {};

    /** No header has this name. What is behind it are the texts, as JSON. */
    private static final String TEXTS = ":texts";

    /** The same for passwords, of hosts and of proxies. */
    private static final String MANNERS = ":manners";

    private static final TypeReference<List<String>> STRINGS = new TypeReference<>() {};

    private JobSecrets() {}

    /** The specification as everybody may read it. */
    static JobSpec without(JobSpec spec) {
        Map<String, String> headers = spec.fetch().headers();
        WebhookSpec webhook = spec.webhook();
        JobSpec told = webhook == null ? spec : spec.withWebhook(webhook.withoutSecrets());
        JobSpec open =
                FetchSpec.secret(headers).isEmpty()
                        ? told
                        : told.withHeaders(FetchSpec.plain(headers));
        open = open.withManners(spec.fetch().manners().withoutSecrets());
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
        if (spec.fetch().manners().hasSecrets()) {
            secret.put(MANNERS, Json.write(spec.fetch().manners()));
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
        String manners = headers.remove(MANNERS);
        JobSpec whole = spec.withHeaders(headers);
        if (manners != null) {
            whole = whole.withManners(Json.read(manners, Manners.class));
        }
        return texts == null ? whole : whole.withTexts(Json.read(texts, STRINGS));
    }

    /** What a webhook is reached with: sealed for as long as the job is known. */
    record WebhookSecrets(Map<String, String> headers, @Nullable String secret) {}

    /**
     * The secrets of a job's webhook, or null when it has none.
     *
     * @throws io.gleaner.seal.SealException when there are some and no key
     */
    static byte @Nullable [] sealWebhook(Sealer sealer, UUID job, WebhookSpec webhook) {
        if (webhook.headers().isEmpty() && webhook.secret() == null) {
            return null;
        }
        var secrets = new WebhookSecrets(webhook.headers(), webhook.secret());
        return sealer.seal(Json.write(secrets).getBytes(UTF_8), webhookContext(job));
    }

    static WebhookSpec withWebhook(
            Sealer sealer, UUID job, WebhookSpec open, byte @Nullable [] sealed) {
        if (sealed == null) {
            return open;
        }
        String json = new String(sealer.open(sealed, webhookContext(job)), UTF_8);
        var secrets = Json.read(json, WebhookSecrets.class);
        return open.with(secrets.headers(), secrets.secret());
    }

    /** Another than that of the headers: neither can be taken for the other. */
    private static byte[] webhookContext(UUID job) {
        return ByteBuffer.allocate(2 * Long.BYTES + 1).put(context(job)).put((byte) 'w').array();
    }

    private static byte[] context(UUID job) {
        return ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(job.getMostSignificantBits())
                .putLong(job.getLeastSignificantBits())
                .array();
    }
}
