package io.gleaner.api.submit;

import io.gleaner.api.port.UrlRules;
import io.gleaner.api.wire.BodyReader;
import io.gleaner.api.wire.Problem;
import io.gleaner.api.wire.ProblemCode;
import io.gleaner.job.ContentSpec;
import io.gleaner.job.FetchSpec;
import io.gleaner.job.FieldSpec;
import io.gleaner.job.Format;
import io.gleaner.job.Labels;
import io.gleaner.job.WebhookSpec;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The keys that say how to fetch and what to extract, the same for a job and for one page. */
public final class OptionKeys {

    public static final int FIELDS_MAX = 100;
    static final int SELECTORS_MAX = 100;
    static final int HEADERS_MAX = 50;
    public static final int EXPRESSION_LENGTH_MAX = 2_000;
    static final int HEADER_LENGTH_MAX = 8_192;

    // What follows the part of the path that a message begins with: "[3].css must be ...".
    private static final Pattern PART = Pattern.compile("[ :].*", Pattern.DOTALL);
    private static final Map<String, Format> FORMATS = formats();
    private static final int FORMATS_MAX = 20;

    /** No representation, but told among them by clients of others. */
    private static final String SCREENSHOT = "screenshot";

    private final BodyReader body;
    private final UrlRules rules;
    private final MannerKeys manners;
    private final RenderKeys render;
    private final LabelKeys labels;

    private @Nullable Set<Format> formats;
    private Map<String, FieldSpec> fields = Map.of();
    private boolean onlyMainContent = true;
    private List<String> includeTags = List.of();
    private List<String> excludeTags = List.of();
    private Map<String, String> headers = Map.of();
    private Duration timeout = FetchSpec.TIMEOUT_DEFAULT;
    private boolean warc;
    private @Nullable WebhookSpec webhook;
    private boolean respectRobots = true;
    private Duration maxAge = Duration.ZERO;
    private int priority;

    public OptionKeys(BodyReader body, UrlRules rules, int priorityDefault) {
        this.body = body;
        this.rules = rules;
        this.manners = new MannerKeys(body, rules);
        this.render = new RenderKeys(body, rules);
        this.labels = new LabelKeys(body);
        this.priority = priorityDefault;
    }

    void addTo(SequencedMap<String, BodyReader.Value> keys) {
        keys.put("formats", path -> formats = readFormats(path));
        keys.put("fields", path -> fields = body.named(path, FIELDS_MAX, this::readField));
        keys.put("onlyMainContent", path -> onlyMainContent = body.bool(path));
        keys.put("includeTags", path -> includeTags = readIncludeTags(path));
        keys.put("excludeTags", path -> excludeTags = readExcludeTags(path));
        keys.put("headers", path -> headers = readHeaders(path));
        keys.put("timeout", path -> timeout = readTimeout(path));
        keys.put(
                "maxAge",
                path -> maxAge = body.duration(path, Duration.ZERO, FetchSpec.MAX_AGE_MAX));
        keys.put("respectRobots", path -> respectRobots = body.bool(path));
        keys.put("webhook", path -> webhook = new WebhookKeys(body, rules).read(path));
        keys.put("warc", path -> warc = body.bool(path));
        keys.put("priority", path -> priority = body.integer(path, 1, 9));
        labels.addTo(keys);
        render.addTo(keys);
        manners.addTo(keys);
    }

    ContentSpec content() {
        Set<Format> wanted = formats == null ? ContentSpec.standard().formats() : formats;
        return new ContentSpec(wanted, fields, onlyMainContent, includeTags, excludeTags);
    }

    /**
     * @param start the page that a job begins with, or null when there are many
     */
    FetchSpec fetch(@Nullable URI start) {
        var rendering = render.spec();
        var asked = manners.manners(start, rendering.mayRender());
        return new FetchSpec(headers, timeout, respectRobots, maxAge, rendering, warc, asked);
    }

    @Nullable WebhookSpec webhook() {
        return webhook;
    }

    Labels labels() {
        return labels.labels();
    }

    int priority() {
        return priority;
    }

    private Set<Format> readFormats(String path) {
        Set<Format> read = new TreeSet<>();
        body.array(
                path,
                FORMATS_MAX,
                item -> {
                    if (body.shown().equals(SCREENSHOT)) {
                        render.wantScreenshot();
                    } else {
                        read.add(body.choice(item, FORMATS));
                    }
                });
        return read;
    }

    private FieldSpec readField(String path, String name) {
        var field = new FieldKeys(body).read(path);
        // Each is checked alone, so that the answer names the one that is wrong.
        check(path, () -> rules.checkContent(only(Map.of(name, field), List.of(), List.of())));
        return field;
    }

    private List<String> readSelectors(String path) {
        var selectors = new ArrayList<String>();
        body.array(
                path,
                SELECTORS_MAX,
                item -> selectors.add(body.string(item, EXPRESSION_LENGTH_MAX)));
        return selectors;
    }

    public List<String> readIncludeTags(String path) {
        List<String> selectors = readSelectors(path);
        check(path, () -> rules.checkContent(only(Map.of(), selectors, List.of())));
        return selectors;
    }

    public List<String> readExcludeTags(String path) {
        List<String> selectors = readSelectors(path);
        check(path, () -> rules.checkContent(only(Map.of(), List.of(), selectors)));
        return selectors;
    }

    /** Refuses a secret where nothing could seal it. */
    static void requireKeptSecrets(UrlRules rules, String path) {
        rules.refuseSecrets()
                .ifPresent(
                        why -> {
                            throw Problem.of(ProblemCode.INVALID_VALUE, path + ": " + why)
                                    .with("field", path)
                                    .with("accepted", why)
                                    .raise();
                        });
    }

    public Map<String, String> readHeaders(String path) {
        Map<String, String> read =
                body.named(
                        path,
                        HEADERS_MAX,
                        (at, name) -> {
                            String value = body.string(at, HEADER_LENGTH_MAX);
                            check(at, () -> rules.checkHeaders(Map.of(name, value)));
                            return value;
                        });
        // Again together: there is a limit to their sum.
        check(path, () -> rules.checkHeaders(read));
        return read;
    }

    private Duration readTimeout(String path) {
        return body.duration(path, FetchSpec.TIMEOUT_MIN, FetchSpec.TIMEOUT_MAX);
    }

    /**
     * Turns a rule's refusal into one that names the field. A rule that knows better which part of
     * the field it refuses begins its message with it. The value is left to the rule: it may be a
     * secret.
     */
    public static void check(String path, Runnable rule) {
        try {
            rule.run();
        } catch (IllegalArgumentException e) {
            String why = Problem.shorten(String.valueOf(e.getMessage()));
            boolean named = why.startsWith(path);
            String part = named ? PART.matcher(why.substring(path.length())).replaceAll("") : "";
            throw Problem.of(ProblemCode.INVALID_VALUE, named ? why : path + ": " + why)
                    .with("field", path + part)
                    .with("accepted", why)
                    .raise();
        }
    }

    private static ContentSpec only(
            Map<String, FieldSpec> fields, List<String> includeTags, List<String> excludeTags) {
        return new ContentSpec(Set.of(), fields, true, includeTags, excludeTags);
    }

    private static Map<String, Format> formats() {
        var byName = new LinkedHashMap<String, Format>();
        for (Format format : Format.values()) {
            byName.put(format.wireName(), format);
        }
        return byName;
    }
}
