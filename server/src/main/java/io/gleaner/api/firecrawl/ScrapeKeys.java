package io.gleaner.api.firecrawl;

import io.gleaner.api.port.UrlRules;
import io.gleaner.api.submit.ActionKeys;
import io.gleaner.api.submit.OptionKeys;
import io.gleaner.api.wire.BodyReader;
import io.gleaner.api.wire.Problem;
import io.gleaner.api.wire.ProblemCode;
import io.gleaner.job.ContentSpec;
import io.gleaner.job.FetchSpec;
import io.gleaner.job.JobSpec;
import io.gleaner.job.rendering.Action;
import io.gleaner.job.rendering.DeviceSpec;
import io.gleaner.job.rendering.RenderMode;
import io.gleaner.job.rendering.RenderSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** The options of a scrape, at the top of a body or under {@code scrapeOptions}. */
final class ScrapeKeys {

    private static final int TIMEOUT_MIN_MS = 1_000;

    /** Accepted because clients send them, and without an effect here. */
    private static final String[] TOLD = {
        "actions",
        "blockAds",
        "mobile",
        "location",
        "geolocation",
        "proxy",
        "parsers",
        "parsePDF",
        "minAge",
        "skipTlsVerification",
        "fastMode",
        "useMock",
        "lockdown",
        "redactPII",
        "threatProtection",
        "auditMetadata",
        "profile",
        "toolDetail",
        "domainTools"
    };

    private final BodyReader body;
    private final UrlRules rules;
    private final Dropped dropped;
    private final FormatKeys formats;
    private final OptionKeys own;
    private Map<String, String> headers = Map.of();
    private List<String> includeTags = List.of();
    private List<String> excludeTags = List.of();
    private boolean onlyMainContent = true;
    private @Nullable Duration timeout;
    private Duration waitFor = Duration.ZERO;
    private boolean mobile;
    private boolean blockAds;
    private List<Action> actions = List.of();
    private Duration maxAge = Duration.ZERO;

    ScrapeKeys(BodyReader body, UrlRules rules, Dropped dropped) {
        this.body = body;
        this.rules = rules;
        this.dropped = dropped;
        this.formats = new FormatKeys(body, rules);
        this.own = new OptionKeys(body, rules, JobSpec.PRIORITY_DEFAULT);
    }

    void addTo(SequencedMap<String, BodyReader.Value> keys, Version version) {
        dropped.addTo(keys, TOLD);
        keys.put("formats", formats::read);
        keys.put("headers", at -> headers = own.readHeaders(at));
        keys.put("includeTags", at -> includeTags = own.readIncludeTags(at));
        keys.put("excludeTags", at -> excludeTags = own.readExcludeTags(at));
        keys.put("onlyMainContent", at -> onlyMainContent = body.bool(at));
        keys.put("timeout", at -> timeout = millis(at, TIMEOUT_MIN_MS, FetchSpec.TIMEOUT_MAX));
        keys.put("waitFor", at -> waitFor = millis(at, 0, RenderSpec.WAIT_MAX));
        keys.put("mobile", at -> mobile = body.bool(at));
        keys.put("blockAds", at -> blockAds = body.bool(at));
        keys.put("actions", at -> actions = ActionKeys.inMillis(body, rules).read(at));
        keys.put("maxAge", at -> maxAge = readMaxAge(at));
        // What they ask for is so here in any case, or cannot be seen in the answer.
        keys.put("removeBase64Images", at -> body.bool(at));
        keys.put("storeInCache", at -> body.bool(at));
        addCommon(keys);
        if (version == Version.V1) {
            for (String model :
                    List.of("extract", "jsonOptions", "agent", "changeTrackingOptions")) {
                keys.put(model, this::refuseModel);
            }
        }
    }

    /** What every body may have and nothing depends on. */
    private void addCommon(SequencedMap<String, BodyReader.Value> keys) {
        for (String name : List.of("origin", "integration", "zeroDataRetention")) {
            keys.put(name, _ -> body.skip());
        }
    }

    private void refuseModel(String path) {
        throw BodyReader.refuse(path, "given", "nothing, for no model is configured here");
    }

    ContentSpec content() {
        return new ContentSpec(
                formats.formats(), formats.attributes(), onlyMainContent, includeTags, excludeTags);
    }

    /** To be asked when the whole body has been read. */
    FetchSpec fetch(boolean respectRobots) {
        Duration asked = timeout == null ? FetchSpec.TIMEOUT_DEFAULT : timeout;
        return new FetchSpec(headers, asked, respectRobots, maxAge).withRender(render());
    }

    private RenderSpec render() {
        var refusal = rules.refuseRender();
        if (refusal.isPresent()) {
            refuse("formats", formats.screenshot() != null, refusal.get());
            refuse("actions", !actions.isEmpty(), refusal.get());
            tell("waitFor", !waitFor.isZero());
            tell("mobile", mobile);
            tell("blockAds", blockAds);
            return RenderSpec.NONE;
        }
        boolean always = formats.screenshot() != null || !actions.isEmpty() || !waitFor.isZero();
        var device = new DeviceSpec(DeviceSpec.usual(mobile), mobile, null, null, false);
        return RenderSpec.of(always ? RenderMode.ALWAYS : RenderMode.AUTO)
                .withDevice(device)
                .withBlockAds(blockAds)
                .withWaitFor(waitFor, null)
                .withActions(actions)
                .withScreenshot(formats.screenshot());
    }

    private static void refuse(String key, boolean given, String why) {
        if (given) {
            throw Problem.of(ProblemCode.NO_BROWSER, key + ": " + why)
                    .with("field", key)
                    .with("accepted", "what needs no browser")
                    .raise();
        }
    }

    private void tell(String key, boolean given) {
        if (given) {
            dropped.tell(key);
        }
    }

    private Duration readMaxAge(String path) {
        Duration asked = Duration.ofMillis(body.integer(path, 0, Integer.MAX_VALUE));
        return asked.compareTo(FetchSpec.MAX_AGE_MAX) > 0 ? FetchSpec.MAX_AGE_MAX : asked;
    }

    private Duration millis(String path, int min, Duration max) {
        return Duration.ofMillis(body.integer(path, min, (int) max.toMillis()));
    }
}
