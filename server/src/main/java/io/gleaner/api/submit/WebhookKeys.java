package io.gleaner.api.submit;

import io.gleaner.api.port.UrlRules;
import io.gleaner.api.wire.BodyReader;
import io.gleaner.api.wire.Problem;
import io.gleaner.api.wire.ProblemCode;
import io.gleaner.job.WebhookEvent;
import io.gleaner.job.WebhookPayload;
import io.gleaner.job.WebhookSpec;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The keys of {@code webhook}: who is told what becomes of the job. */
public final class WebhookKeys {

    private static final int HEADERS_MAX = 20;
    private static final int HEADER_LENGTH_MAX = 2_000;
    private static final int SECRET_MAX = 500;
    private static final Map<String, WebhookEvent> EVENTS = events();
    private static final Map<String, WebhookPayload> PAYLOADS = payloads();

    /** Headers that are ours in every message. */
    private static final Set<String> OURS =
            Set.of(
                    "content-type",
                    "content-length",
                    "host",
                    "user-agent",
                    "webhook-id",
                    "webhook-timestamp",
                    "webhook-signature",
                    "x-firecrawl-signature");

    private final BodyReader body;
    private final UrlRules rules;
    private final EnumSet<WebhookEvent> wanted = EnumSet.noneOf(WebhookEvent.class);
    private WebhookPayload payload = WebhookPayload.STANDARD;
    private Map<String, String> headers = Map.of();
    private @Nullable String url;
    private @Nullable String secret;

    public WebhookKeys(BodyReader body, UrlRules rules) {
        this.body = body;
        this.rules = rules;
    }

    WebhookSpec read(String path) {
        var keys = new LinkedHashMap<String, BodyReader.Value>();
        keys.put("url", this::readUrl);
        keys.put("events", this::readEvents);
        keys.put("payload", at -> payload = body.choice(at, PAYLOADS));
        keys.put("headers", this::readHeaders);
        keys.put("secret", this::readSecret);
        body.object(path, keys);
        if (url == null) {
            throw UrlCheck.missing(path + ".url");
        }
        Set<WebhookEvent> events = wanted.isEmpty() ? EnumSet.allOf(WebhookEvent.class) : wanted;
        return new WebhookSpec(url, events, payload, headers, secret);
    }

    /**
     * As Firecrawl's clients give it, an address or an object, and with the messages they expect.
     *
     * @param metadata what is done with what they want to have back
     */
    public WebhookSpec readFirecrawl(String path, BodyReader.Value metadata) {
        if (body.isText()) {
            readUrl(path);
        } else {
            var keys = new LinkedHashMap<String, BodyReader.Value>();
            keys.put("url", this::readUrl);
            keys.put("events", this::readEvents);
            keys.put("headers", this::readHeaders);
            keys.put("metadata", metadata);
            body.object(path, keys);
        }
        if (url == null) {
            throw UrlCheck.missing(path + ".url");
        }
        Set<WebhookEvent> events =
                wanted.isEmpty()
                        ? EnumSet.complementOf(EnumSet.of(WebhookEvent.CANCELLED))
                        : wanted;
        return new WebhookSpec(url, events, WebhookPayload.FIRECRAWL, headers, null);
    }

    private void readUrl(String path) {
        String text = body.string(path, UrlCheck.LENGTH_MAX);
        url = new UrlCheck(rules).candidate(path, text, false).url();
    }

    private void readEvents(String path) {
        body.array(path, EVENTS.size(), item -> wanted.add(body.choice(item, EVENTS)));
        if (wanted.isEmpty()) {
            throw BodyReader.refuse(path, "empty", String.join(", ", EVENTS.keySet()));
        }
    }

    private void readHeaders(String path) {
        headers =
                body.named(
                        path,
                        HEADERS_MAX,
                        (at, name) -> {
                            String value = body.string(at, HEADER_LENGTH_MAX);
                            if (OURS.contains(name.toLowerCase(Locale.ROOT))) {
                                throw BodyReader.refuse(at, name, "a header that is not Gleaner's");
                            }
                            OptionKeys.check(at, () -> rules.checkHeaders(Map.of(name, value)));
                            return value;
                        });
        OptionKeys.check(path, () -> rules.checkHeaders(headers));
    }

    private void readSecret(String path) {
        String text = body.string(path, SECRET_MAX);
        if (text.isBlank()) {
            throw Problem.of(
                            ProblemCode.INVALID_VALUE,
                            path + " is blank; accepted: 1 to 500 characters")
                    .with("field", path)
                    .with("accepted", "1 to 500 characters")
                    .raise();
        }
        OptionKeys.requireKeptSecrets(rules, path);
        secret = text;
    }

    private static Map<String, WebhookEvent> events() {
        var byName = new LinkedHashMap<String, WebhookEvent>();
        for (WebhookEvent event : WebhookEvent.values()) {
            byName.put(event.wireName(), event);
        }
        return byName;
    }

    private static Map<String, WebhookPayload> payloads() {
        var byName = new LinkedHashMap<String, WebhookPayload>();
        for (WebhookPayload payload : WebhookPayload.values()) {
            byName.put(payload.wireName(), payload);
        }
        return byName;
    }
}
