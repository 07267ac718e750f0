package io.gleaner.api.submit;

import io.gleaner.api.port.UrlRules;
import io.gleaner.api.wire.BodyReader;
import io.gleaner.api.wire.Problem;
import io.gleaner.api.wire.ProblemCode;
import io.gleaner.job.ContentSpec;
import io.gleaner.job.ImageType;
import io.gleaner.job.RenderMode;
import io.gleaner.job.RenderSpec;
import io.gleaner.job.ScreenshotSpec;
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
    private static final Map<String, ImageType> TYPES = types();

    private final BodyReader body;
    private final UrlRules rules;
    private RenderMode mode = RenderMode.NEVER;
    private Duration waitFor = Duration.ZERO;
    private @Nullable String selector;
    private @Nullable ScreenshotSpec screenshot;

    RenderKeys(BodyReader body, UrlRules rules) {
        this.body = body;
        this.rules = rules;
    }

    void addTo(SequencedMap<String, BodyReader.Value> keys) {
        keys.put("render", this::readMode);
        keys.put("waitFor", this::readWaitFor);
        keys.put("screenshot", this::readScreenshot);
    }

    /** What was asked for; to be called when the whole body has been read. */
    RenderSpec spec() {
        if (screenshot != null && mode != RenderMode.ALWAYS) {
            throw Problem.of(
                            ProblemCode.INVALID_VALUE,
                            "screenshot is taken of pages that are rendered: give render always")
                    .with("field", "screenshot")
                    .with("accepted", "render always")
                    .raise();
        }
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
        return new RenderSpec(mode, waitFor, selector, screenshot);
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

    private void readScreenshot(String path) {
        var fullPage = new boolean[1];
        var of = new String[1];
        var type = new ImageType[] {ImageType.PNG};
        var quality = new int[] {ScreenshotSpec.QUALITY_DEFAULT};
        var keys = new LinkedHashMap<String, BodyReader.Value>();
        keys.put("fullPage", at -> fullPage[0] = body.bool(at));
        keys.put("selector", at -> of[0] = readSelector(at));
        keys.put("type", at -> type[0] = body.choice(at, TYPES));
        keys.put("quality", at -> quality[0] = body.integer(at, 1, 100));
        body.object(path, keys);
        OptionKeys.check(
                path,
                () -> screenshot = new ScreenshotSpec(fullPage[0], of[0], type[0], quality[0]));
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

    private static Map<String, ImageType> types() {
        var byName = new LinkedHashMap<String, ImageType>();
        for (ImageType type : ImageType.values()) {
            byName.put(type.wireName(), type);
        }
        return byName;
    }

    private static Map<String, RenderMode> modes() {
        var byName = new LinkedHashMap<String, RenderMode>();
        for (RenderMode mode : RenderMode.values()) {
            byName.put(mode.wireName(), mode);
        }
        return byName;
    }
}
