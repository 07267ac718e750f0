package io.gleaner.job.rendering;

import io.gleaner.job.TimeText;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How pages are rendered. What is done on a page is done in the order of these components.
 *
 * @param device what pages take the browser for
 * @param blockAds whether well-known hosts of advertisements and trackers are not asked
 * @param waitFor after a page has loaded and its network is quiet; zero for no longer
 * @param waitForSelector an element that is waited for before, or null
 * @param scroll how far a page that grows is scrolled, or null for not at all
 * @param actions what is done then
 * @param screenshot the picture to take of each page, or null
 * @param pdf the PDF to make of each page, or null
 */
public record RenderSpec(
        RenderMode mode,
        DeviceSpec device,
        boolean blockAds,
        Duration waitFor,
        @Nullable String waitForSelector,
        @Nullable ScrollSpec scroll,
        List<Action> actions,
        @Nullable ScreenshotSpec screenshot,
        @Nullable PdfSpec pdf) {

    public static final Duration WAIT_MAX = Duration.ofMinutes(1);

    /** Nothing is rendered. */
    public static final RenderSpec NONE = of(RenderMode.NEVER);

    public RenderSpec {
        // A job that was stored before there were these has none.
        device = Objects.requireNonNullElse(device, DeviceSpec.STANDARD);
        actions = List.copyOf(Objects.requireNonNullElse(actions, List.of()));
        if (waitFor.isNegative() || waitFor.compareTo(WAIT_MAX) > 0) {
            throw new IllegalArgumentException(
                    "waitFor must be 0 to %s: %s"
                            .formatted(TimeText.of(WAIT_MAX), TimeText.of(waitFor)));
        }
        if (actions.size() > Action.COUNT_MAX) {
            throw new IllegalArgumentException(
                    "actions must be at most %d: %d".formatted(Action.COUNT_MAX, actions.size()));
        }
    }

    /** In this mode, waiting for nothing besides. */
    public static RenderSpec of(RenderMode mode) {
        return new RenderSpec(
                mode, DeviceSpec.STANDARD, false, Duration.ZERO, null, null, List.of(), null, null);
    }

    /** The same as this device. */
    public RenderSpec withDevice(DeviceSpec other) {
        return new RenderSpec(
                mode, other, blockAds, waitFor, waitForSelector, scroll, actions, screenshot, pdf);
    }

    /** The same, with or without advertisements. */
    public RenderSpec withBlockAds(boolean other) {
        return new RenderSpec(
                mode, device, other, waitFor, waitForSelector, scroll, actions, screenshot, pdf);
    }

    /** The same, waiting for this. */
    public RenderSpec withWaitFor(Duration time, @Nullable String selector) {
        return new RenderSpec(
                mode, device, blockAds, time, selector, scroll, actions, screenshot, pdf);
    }

    /** The same, scrolled so far. */
    public RenderSpec withScroll(@Nullable ScrollSpec other) {
        return new RenderSpec(
                mode, device, blockAds, waitFor, waitForSelector, other, actions, screenshot, pdf);
    }

    /** The same with these actions. */
    public RenderSpec withActions(List<Action> others) {
        return new RenderSpec(
                mode, device, blockAds, waitFor, waitForSelector, scroll, others, screenshot, pdf);
    }

    /** What the actions write, which may be a secret, in their order. */
    public List<String> texts() {
        return actions.stream()
                .filter(Action.Write.class::isInstance)
                .map(action -> ((Action.Write) action).text())
                .toList();
    }

    /** The same with other texts to write, as many as there were. */
    public RenderSpec withTexts(List<String> others) {
        Iterator<String> next = others.iterator();
        return withActions(
                actions.stream()
                        .map(
                                action ->
                                        action instanceof Action.Write(var _, var selector)
                                                ? new Action.Write(next.next(), selector)
                                                : action)
                        .toList());
    }

    /** The same with a picture of each page. */
    public RenderSpec withScreenshot(@Nullable ScreenshotSpec other) {
        return new RenderSpec(
                mode, device, blockAds, waitFor, waitForSelector, scroll, actions, other, pdf);
    }

    /** The same with a PDF of each page. */
    public RenderSpec withPdf(@Nullable PdfSpec other) {
        return new RenderSpec(
                mode,
                device,
                blockAds,
                waitFor,
                waitForSelector,
                scroll,
                actions,
                screenshot,
                other);
    }

    /** The same in another mode. */
    public RenderSpec withMode(RenderMode other) {
        return new RenderSpec(
                other,
                device,
                blockAds,
                waitFor,
                waitForSelector,
                scroll,
                actions,
                screenshot,
                pdf);
    }

    /** Whether a browser may be needed. */
    public boolean mayRender() {
        return mode != RenderMode.NEVER;
    }

    /** Whether more is made of a page than its content. */
    public boolean hasAttachments() {
        return screenshot != null || pdf != null || !actions.isEmpty();
    }

    /** Whether what is made of a page shows the pictures in it. */
    public boolean showsPictures() {
        return screenshot != null
                || pdf != null
                || actions.stream().anyMatch(Action::showsPictures);
    }
}
