package io.gleaner.job;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Who is told what becomes of a job.
 *
 * @param url absolute http or https
 * @param events those that are told; the others are not
 * @param headers sent with each message; any may be a secret
 * @param secret what messages are signed with, or null for no signature
 */
public record WebhookSpec(
        String url,
        Set<WebhookEvent> events,
        WebhookPayload payload,
        Map<String, String> headers,
        @Nullable String secret) {

    public WebhookSpec {
        if (events.isEmpty()) {
            throw new IllegalArgumentException("a webhook has at least one event");
        }
        events = Collections.unmodifiableSet(EnumSet.copyOf(events));
        headers = Collections.unmodifiableMap(new TreeMap<>(headers));
    }

    /** As everybody may read it. */
    public WebhookSpec withoutSecrets() {
        return with(Map.of(), null);
    }

    /** The same with these. */
    public WebhookSpec with(Map<String, String> otherHeaders, @Nullable String otherSecret) {
        return new WebhookSpec(url, events, payload, otherHeaders, otherSecret);
    }

    /** Never tells a secret. */
    @Override
    public String toString() {
        return "webhook for " + events;
    }
}
