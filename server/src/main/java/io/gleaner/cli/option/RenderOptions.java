package io.gleaner.cli.option;

import io.gleaner.cli.console.CommandFailure;
import io.gleaner.job.rendering.DeviceSpec;
import io.gleaner.job.rendering.RenderMode;
import io.gleaner.job.rendering.RenderSpec;
import io.gleaner.job.rendering.ScrollSpec;
import io.gleaner.job.rendering.Viewport;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether and how pages are rendered, as flags. */
final class RenderOptions {

    private static final Pattern SIZE = Pattern.compile("(\\d{1,5})x(\\d{1,5})");

    @Option(
            names = "--render",
            paramLabel = "MODE",
            arity = "0..1",
            fallbackValue = "always",
            converter = RenderModeConverter.class,
            description =
                    "Show pages to a browser: never, auto for those that need it, or always, which"
                            + " --render alone means (default never).")
    private RenderMode render = RenderMode.NEVER;

    @Option(
            names = "--wait-for",
            paramLabel = "TIME|CSS",
            description =
                    "With --render, wait so long once a page has loaded, such as 2s, or for an"
                            + " element that matches.")
    private @Nullable String waitFor;

    @Option(
            names = "--scroll",
            paramLabel = "N",
            description =
                    "With --render, scroll to the end of a page that grows, at most so many times.")
    private @Nullable Integer scroll;

    @Option(
            names = "--viewport",
            paramLabel = "WIDTHxHEIGHT",
            description = "With --render, the size of the window (default 1280x800).")
    private @Nullable String viewport;

    @Option(
            names = "--mobile",
            description = "With --render, be a phone, of 390 by 844 pixels unless --viewport says.")
    private boolean mobile;

    @Option(
            names = "--language",
            paramLabel = "TAG",
            description = "With --render, the language of the browser, such as de-CH.")
    private @Nullable String language;

    @Option(
            names = "--timezone",
            paramLabel = "NAME",
            description = "With --render, the time zone of the browser, such as Europe/Zurich.")
    private @Nullable String timezone;

    @Option(names = "--dark", description = "With --render, prefer dark colours.")
    private boolean dark;

    @Option(
            names = "--block-ads",
            description = "With --render, ask no well-known host of advertisements and trackers.")
    private boolean blockAds;

    RenderSpec spec() {
        try {
            return checked();
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage("--" + e.getMessage());
        }
    }

    private RenderSpec checked() {
        refuseWithoutRender("--wait-for waits", waitFor != null);
        refuseWithoutRender("--scroll scrolls", scroll != null);
        refuseWithoutRender(
                "--viewport, --mobile, --language, --timezone and --dark are", isDevice());
        refuseWithoutRender("--block-ads works", blockAds);
        RenderSpec spec =
                RenderSpec.of(render)
                        .withDevice(device())
                        .withBlockAds(blockAds)
                        .withScroll(scroll == null ? null : new ScrollSpec(scroll, null));
        String given = waitFor;
        if (given == null) {
            return spec;
        }
        if (given.isEmpty() || !Character.isDigit(given.charAt(0))) {
            return spec.withWaitFor(Duration.ZERO, given);
        }
        Duration time = new DurationConverter().convert(given);
        if (time.compareTo(RenderSpec.WAIT_MAX) > 0) {
            throw CommandFailure.usage(
                    "--wait-for %s is not between 0s and %s"
                            .formatted(given, DurationConverter.text(RenderSpec.WAIT_MAX)));
        }
        return spec.withWaitFor(time, null);
    }

    private void refuseWithoutRender(String what, boolean given) {
        if (given && render == RenderMode.NEVER) {
            throw CommandFailure.usage(what + " in a browser: give --render too");
        }
    }

    private boolean isDevice() {
        return viewport != null || mobile || language != null || timezone != null || dark;
    }

    private DeviceSpec device() {
        String size = viewport;
        Viewport window = size == null ? DeviceSpec.usual(mobile) : window(size);
        return new DeviceSpec(window, mobile, language, timezone, dark);
    }

    private static Viewport window(String size) {
        Matcher sides = SIZE.matcher(size);
        if (!sides.matches()) {
            throw CommandFailure.usage(
                    "--viewport %s: accepted is WIDTHxHEIGHT, such as 1280x800".formatted(size));
        }
        return new Viewport(Integer.parseInt(sides.group(1)), Integer.parseInt(sides.group(2)));
    }
}
