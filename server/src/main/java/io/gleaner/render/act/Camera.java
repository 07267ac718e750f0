package io.gleaner.render.act;

import io.gleaner.browser.DevTools;
import io.gleaner.browser.DevToolsException;
import io.gleaner.job.rendering.Attachment;
import io.gleaner.job.rendering.ImageType;
import io.gleaner.job.rendering.ScreenshotSpec;
import io.gleaner.job.rendering.Viewport;
import io.gleaner.render.document.PageEvents;
import io.gleaner.render.document.PageLost;
import io.gleaner.render.document.Scripts;
import io.gleaner.render.document.VisitOver;
import io.gleaner.render.tab.Device;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Takes pictures of pages, of a bounded number of pixels. */
public final class Camera {

    private static final int SIDE_MAX = 16_384;
    private static final long PIXELS_MAX = 40_000_000;

    private static final String BOX =
            """
            ((selector) => {
              let element = null;
              try { element = document.querySelector(selector); } catch (e) { return null; }
              if (!element) return null;
              const box = element.getBoundingClientRect();
              return {x: box.left + scrollX, y: box.top + scrollY,
                      width: box.width, height: box.height};
            })\
            """;

    private final PageEvents events;
    private final Scripts scripts;
    private final Device device;

    public Camera(PageEvents events, Scripts scripts, Device device) {
        this.events = events;
        this.scripts = scripts;
        this.device = device;
    }

    /**
     * The picture, or null when its element is not there or it is too large.
     *
     * @param name of the attachment
     */
    public @Nullable Attachment take(ScreenshotSpec spec, String name)
            throws VisitOver, PageLost, DevToolsException, InterruptedException {
        Viewport viewport = spec.viewport();
        if (viewport == null) {
            return takeAsItStands(spec, name);
        }
        var _ = events.call(Device.METRICS, device.metrics(viewport));
        try {
            return takeAsItStands(spec, name);
        } finally {
            var _ = events.call(Device.METRICS, device.metrics());
        }
    }

    private @Nullable Attachment takeAsItStands(ScreenshotSpec spec, String name)
            throws VisitOver, PageLost, DevToolsException, InterruptedException {
        ObjectNode params = DevTools.params().put("format", spec.type().wireName());
        if (spec.type() != ImageType.PNG) {
            params.put("quality", spec.quality());
        }
        if (spec.fullPage() || spec.selector() != null) {
            if (!fill(params.putObject("clip"), box(spec))) {
                return null;
            }
            params.put("captureBeyondViewport", true);
        }
        JsonNode taken = events.call("Page.captureScreenshot", params);
        byte[] image = Base64.getDecoder().decode(taken.path("data").asString(""));
        return image.length == 0 || image.length > Attachment.BYTES_MAX
                ? null
                : new Attachment(name, spec.type().mediaType(), image);
    }

    private JsonNode box(ScreenshotSpec spec)
            throws VisitOver, PageLost, DevToolsException, InterruptedException {
        String selector = spec.selector();
        return selector == null
                ? events.call("Page.getLayoutMetrics", DevTools.params()).path("cssContentSize")
                : scripts.ours(BOX + "(%s)".formatted(DevTools.literal(selector)));
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
