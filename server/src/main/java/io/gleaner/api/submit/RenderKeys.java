package io.gleaner.api.submit;

import io.gleaner.api.port.UrlRules;
import io.gleaner.api.wire.BodyReader;
import io.gleaner.api.wire.Problem;
import io.gleaner.api.wire.ProblemCode;
import io.gleaner.job.rendering.Action;
import io.gleaner.job.rendering.DeviceSpec;
import io.gleaner.job.rendering.PdfSpec;
import io.gleaner.job.rendering.RenderMode;
import io.gleaner.job.rendering.RenderSpec;
import io.gleaner.job.rendering.ScreenshotSpec;
import io.gleaner.job.rendering.ScrollSpec;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** The keys that say whether and how pages are rendered. */
final class RenderKeys {

    private static final int SCROLLS_DEFAULT = 10;
    private static final Map<String, RenderMode> MODES =
            PictureKeys.byName(RenderMode.values(), RenderMode::wireName);

    private final BodyReader body;
    private final UrlRules rules;
    private final PictureKeys pictures;
    private final DeviceKeys device;
    private final ActionKeys actionKeys;
    private RenderMode mode = RenderMode.NEVER;
    private boolean blockAds;
    private Duration waitFor = Duration.ZERO;
    private @Nullable String selector;
    private @Nullable ScrollSpec scroll;
    private List<Action> actions = List.of();
    private @Nullable ScreenshotSpec screenshot;
    private @Nullable PdfSpec pdf;

    RenderKeys(BodyReader body, UrlRules rules) {
        this.body = body;
        this.rules = rules;
        this.pictures = new PictureKeys(body, rules);
        this.device = new DeviceKeys(body, pictures);
        this.actionKeys = new ActionKeys(body, rules, pictures);
    }

    void addTo(SequencedMap<String, BodyReader.Value> keys) {
        keys.put("render", this::readMode);
        device.addTo(keys);
        keys.put("blockAds", at -> blockAds = body.bool(at));
        keys.put("waitFor", this::readWaitFor);
        keys.put("scroll", this::readScroll);
        keys.put("actions", at -> actions = actionKeys.read(at));
        keys.put("screenshot", at -> screenshot = pictures.screenshot(at));
        keys.put("pdf", at -> pdf = pictures.pdf(at));
    }

    /** A picture is among the formats: the usual one, unless another is described. */
    void wantScreenshot() {
        if (screenshot == null) {
            screenshot = ScreenshotSpec.standard();
        }
    }

    /** What was asked for; to be called when the whole body has been read. */
    RenderSpec spec() {
        require("screenshot", screenshot != null, true);
        require("pdf", pdf != null, true);
        require("actions", !actions.isEmpty(), true);
        require("scroll", scroll != null, true);
        require("waitFor", !waitFor.isZero() || selector != null, false);
        require("blockAds", blockAds, false);
        DeviceSpec as = device.spec();
        require("viewport", !as.viewport().equals(DeviceSpec.usual(as.mobile())), false);
        require("mobile", as.mobile(), false);
        require("language", as.language() != null, false);
        require("timezone", as.timezone() != null, false);
        require("colorScheme", as.dark(), false);
        return new RenderSpec(
                mode, as, blockAds, waitFor, selector, scroll, actions, screenshot, pdf);
    }

    /** Refuses a key that would do nothing. */
    private void require(String key, boolean given, boolean onEachPage) {
        boolean works = onEachPage ? mode == RenderMode.ALWAYS : mode != RenderMode.NEVER;
        if (given && !works) {
            String accepted = onEachPage ? "render always" : "render auto or always";
            throw Problem.of(
                            ProblemCode.INVALID_VALUE,
                            "%s is for pages that are rendered, and render is %s: give %s"
                                    .formatted(key, mode.wireName(), accepted))
                    .with("field", key)
                    .with("accepted", "none, or " + accepted)
                    .raise();
        }
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
        keys.put("selector", at -> selector = pictures.selector(at));
        body.object(path, keys);
    }

    private void readScroll(String path) {
        var max = new int[] {SCROLLS_DEFAULT};
        var until = new String[1];
        var keys = new LinkedHashMap<String, BodyReader.Value>();
        keys.put("max", at -> max[0] = body.integer(at, 1, ScrollSpec.TIMES_MAX));
        keys.put("until", at -> until[0] = pictures.selector(at));
        body.object(path, keys);
        scroll = new ScrollSpec(max[0], until[0]);
    }

    private Duration readTime(String path) {
        return body.duration(path, Duration.ZERO, RenderSpec.WAIT_MAX);
    }
}
