package io.gleaner.render;

import io.gleaner.browser.DevTools;
import io.gleaner.browser.DevToolsException;
import io.gleaner.job.ImageType;
import io.gleaner.job.Screenshot;
import io.gleaner.job.ScreenshotSpec;
import java.time.Duration;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Takes pictures of pages, of a bounded number of pixels. */
final class Camera {

    static final int WIDTH = 1280;
    static final int HEIGHT = 800;

    private static final int SIDE_MAX = 16_384;
    private static final long PIXELS_MAX = 40_000_000;

    private static final String BOX =
            """
            ((selector) => {
              const element = document.querySelector(selector);
              if (!element) return null;
              const box = element.getBoundingClientRect();
              return {x: box.left + scrollX, y: box.top + scrollY,
                      width: box.width, height: box.height};
            })\
            """;

    private Camera() {}

    /** The picture, or null when its element is not there or it is too large. */
    static @Nullable Screenshot take(Tab tab, ScreenshotSpec spec, Duration patience)
            throws DevToolsException, InterruptedException {
        ObjectNode params = DevTools.params().put("format", spec.type().wireName());
        if (spec.type() != ImageType.PNG) {
            params.put("quality", spec.quality());
        }
        if (spec.fullPage() || spec.selector() != null) {
            JsonNode box = box(tab, spec, patience);
            if (!fill(params.putObject("clip"), box)) {
                return null;
            }
            params.put("captureBeyondViewport", true);
        }
        JsonNode taken = tab.session().call("Page.captureScreenshot", params, patience);
        byte[] image = Base64.getDecoder().decode(taken.path("data").asString(""));
        return image.length == 0 || image.length > Screenshot.BYTES_MAX
                ? null
                : new Screenshot(spec.type().mediaType(), image);
    }

    private static JsonNode box(Tab tab, ScreenshotSpec spec, Duration patience)
            throws DevToolsException, InterruptedException {
        String selector = spec.selector();
        return selector == null
                ? tab.session().call("Page.getLayoutMetrics", patience).path("cssContentSize")
                : Snapshot.evaluate(
                        tab, BOX + "(%s)".formatted(DevTools.literal(selector)), patience);
    }

    /** From the top, as far as the limits go; false when there is nothing to see. */
    private static boolean fill(ObjectNode clip, JsonNode box) {
        double width = Math.min(box.path("width").asDouble(0), SIDE_MAX);
        double height = Math.min(box.path("height").asDouble(0), SIDE_MAX);
        if (width < 1 || height < 1) {
            return false;
        }
        height = Math.min(height, PIXELS_MAX / width);
        clip.put("x", Math.max(0, box.path("x").asDouble(0)))
                .put("y", Math.max(0, box.path("y").asDouble(0)))
                .put("width", width)
                .put("height", Math.max(1, height))
                .put("scale", 1);
        return true;
    }
}
