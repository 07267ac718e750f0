package io.gleaner.render;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.gleaner.job.rendering.Attachment;
import io.gleaner.job.rendering.ImageType;
import io.gleaner.job.rendering.ScreenshotSpec;
import io.gleaner.job.rendering.Viewport;
import io.gleaner.render.port.RenderOutcome;
import io.gleaner.testing.TestSite;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.net.URI;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Pictures of pages. */
class CameraIT {

    private static TestSite site;
    private static Rendering rendering;
    private static URI url;

    @BeforeAll
    static void start() {
        site = TestSite.start();
        site.route(
                "/tall",
                (_, out) ->
                        out.html(
                                """
                                <!doctype html><title>Tall</title>
                                <style>body { margin: 0; background: rgb(0, 0, 255) }
                                #box { width: 300px; height: 100px; margin-top: 2000px;
                                       background: rgb(255, 0, 0) }
                                #end { height: 900px }</style>
                                <div id=box></div><div id=end></div>\
                                """));
        site.route(
                "/endless",
                (_, out) -> out.html("<!doctype html><div style='height: 9000000px'></div>"));
        url = site.url("/tall");
        rendering = Rendering.onLoopback();
    }

    @AfterAll
    static void stop() {
        rendering.close();
        site.close();
    }

    private static @Nullable Attachment take(URI of, ScreenshotSpec spec) throws Exception {
        RenderOutcome outcome = rendering.render(of, Rendering.RENDERED.withScreenshot(spec));
        if (outcome instanceof RenderOutcome.Rendered(_, _, var attachments)) {
            return attachments.isEmpty() ? null : attachments.getFirst();
        }
        throw new AssertionError(outcome.toString());
    }

    private static BufferedImage image(URI of, ScreenshotSpec spec) throws Exception {
        Attachment taken = requireNonNull(take(of, spec));
        return ImageIO.read(new ByteArrayInputStream(taken.bytes()));
    }

    @Test
    void aWindowShowsItsPartOfThePage() throws Exception {
        BufferedImage image = image(url, ScreenshotSpec.standard());
        assertThat(image.getWidth()).isEqualTo(Viewport.DESKTOP.width());
        assertThat(image.getHeight()).isEqualTo(Viewport.DESKTOP.height());
        assertThat(image.getRGB(640, 400)).isEqualTo(0xff0000ff);
    }

    @Test
    void theFullPageIsAsTallAsThePage() throws Exception {
        var full = new ScreenshotSpec(true, null, ImageType.PNG, 80);
        BufferedImage image = image(url, full);
        assertThat(image.getHeight()).isEqualTo(3000);
        assertThat(image.getRGB(150, 2050)).isEqualTo(0xffff0000);
    }

    @Test
    void anElementIsTakenAlone() throws Exception {
        BufferedImage image = image(url, new ScreenshotSpec(false, "#box", ImageType.JPEG, 90));
        assertThat(image.getWidth()).isEqualTo(300);
        assertThat(image.getHeight()).isEqualTo(100);
        assertThat(take(url, new ScreenshotSpec(false, "#none", ImageType.PNG, 90))).isNull();
    }

    @Test
    void pixelsAreBounded() throws Exception {
        BufferedImage image =
                image(site.url("/endless"), new ScreenshotSpec(true, null, ImageType.PNG, 80));
        assertThat(image.getHeight()).isLessThanOrEqualTo(16_384);
    }

    @Test
    void aPictureMayBeWebp() throws Exception {
        Attachment taken =
                requireNonNull(take(url, new ScreenshotSpec(false, null, ImageType.WEBP, 80)));
        assertThat(taken.mediaType()).isEqualTo("image/webp");
        assertThat(new String(taken.bytes(), 8, 4, US_ASCII)).isEqualTo("WEBP");
    }
}
