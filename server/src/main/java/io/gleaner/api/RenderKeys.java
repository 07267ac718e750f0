package io.gleaner.api;

import io.gleaner.job.ContentSpec;
import io.gleaner.job.RenderMode;
import io.gleaner.job.RenderSpec;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The keys that say whether and how pages are rendered. */
final class RenderKeys {

    private static final Map<String, RenderMode> MODES = modes();

    private final BodyReader body;
    private final UrlRules rules;
    private RenderMode mode = RenderMode.NEVER;
    private Duration waitFor = Duration.ZERO;
    private @Nullable String selector;

    RenderKeys(BodyReader body, UrlRules rules) {
        this.body = body;
        this.rules = rules;
    }

    void addTo(SequencedMap<String, BodyReader.Value> keys) {
        keys.put("render", this::readMode);
        keys.put("waitFor", this::readWaitFor);
    }

    /** What was asked for; to be called when the whole body has been read. */
    RenderSpec spec() {
        boolean waits = !waitFor.isZero() || selector != null;
        if (waits && mode == RenderMode.NEVER) {
            throw Problem.of(
                            ProblemCode.INVALID_VALUE,
                            "waitFor waits in a browser, and render is never: give render auto or"
                                    + " always")
                    .with("field", "waitFor")
                    .with("accepted", "0s, or render auto or always")
                    .raise();
        }
        return new RenderSpec(mode, waitFor, selector);
    }

    private void readMode(String path) {
        mode = body.choice(path, MODES);
        Optional<String> refusal =
                mode == RenderMode.NEVER ? Optional.empty() : rules.refuseRender();
        if (refusal.isPresent()) {
            throw Problem.of(ProblemCode.NO_BROWSER, path + ": " + refusal.get())
                    .with("field", path)
                    .with("accepted", RenderMode.NEVER.wireName())
                    .raise();
        }
    }

    /** A time, or an object with a time, a selector, or both. */
    private void readWaitFor(String path) {
        if (!body.isObject()) {
            waitFor = readTime(path);
            return;
        }
        var keys = new LinkedHashMap<String, BodyReader.Value>();
        keys.put("time", at -> waitFor = readTime(at));
        keys.put("selector", at -> selector = readSelector(at));
        body.object(path, keys);
    }

    private Duration readTime(String path) {
        return body.duration(path, Duration.ZERO, RenderSpec.WAIT_MAX);
    }

    private String readSelector(String path) {
        String read = body.string(path, OptionKeys.EXPRESSION_LENGTH_MAX);
        OptionKeys.check(
                path,
                () ->
                        rules.checkContent(
                                new ContentSpec(
                                        Set.of(), Map.of(), true, List.of(read), List.of())));
        return read;
    }

    private static Map<String, RenderMode> modes() {
        var byName = new LinkedHashMap<String, RenderMode>();
        for (RenderMode mode : RenderMode.values()) {
            byName.put(mode.wireName(), mode);
        }
        return byName;
    }
}
