package io.gleaner.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.gleaner.job.rendering.DeviceSpec;
import io.gleaner.job.rendering.RenderSpec;
import io.gleaner.job.rendering.ScrollSpec;
import io.gleaner.job.rendering.Viewport;
import io.gleaner.render.port.RenderOutcome;
import io.gleaner.testing.TestSite;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What pages take the browser for, and how far those are followed that grow. */
class DeviceIT {

    private static final String TELLS =
            """
            <!doctype html><meta name=viewport content="width=device-width"><p id=p></p>
            <script>p.textContent = [
              'width ' + innerWidth, 'height ' + innerHeight,
              'touch ' + navigator.maxTouchPoints, 'coarse ' + matchMedia('(pointer: coarse)').matches,
              'language ' + navigator.language, 'number ' + (1234.5).toLocaleString(),
              'zone ' + Intl.DateTimeFormat().resolvedOptions().timeZone,
              'dark ' + matchMedia('(prefers-color-scheme: dark)').matches,
            ].join('; ')</script>\
            """;

    private static TestSite site;
    private static Rendering rendering;

    @BeforeAll
    static void start() {
        site = TestSite.start();
        site.route("/tells", (_, out) -> out.html(TELLS));
        site.route(
                "/grows",
                (_, out) ->
                        out.html(
                                """
                                <!doctype html><style>p { height: 900px }</style>
                                <div id=all><p>Item 1.</p></div><div id=end>.</div>
                                <script>
                                let n = 1;
                                new IntersectionObserver((seen) => {
                                  if (!seen.some((it) => it.isIntersecting) || n === 7) return;
                                  setTimeout(() => {
                                    const p = document.createElement('p');
                                    p.id = 'item' + ++n;
                                    p.textContent = 'Item ' + n + '.';
                                    all.append(p);
                                  }, 100);
                                }).observe(end);
                                </script>\
                                """));
        rendering = Rendering.onLoopback();
    }

    @AfterAll
    static void stop() {
        rendering.close();
        site.close();
    }

    private static String text(String path, RenderSpec spec) throws Exception {
        return Rendering.page(rendering.render(site.url(path), spec)).text();
    }

    @Test
    void aDesktopUnlessAskedOtherwise() throws Exception {
        assertThat(text("/tells", Rendering.RENDERED))
                .contains("width 1280; height 800; touch 0;", "dark false");
    }

    @Test
    void aPhoneThatReadsGermanInTheDark() throws Exception {
        var phone = new DeviceSpec(DeviceSpec.usual(true), true, "de", "Pacific/Chatham", true);
        site.reset();
        assertThat(text("/tells", Rendering.RENDERED.withDevice(phone)))
                .contains("width 390; height 844; touch 1; coarse true; language de;")
                .contains("number 1.234,5; zone Pacific/Chatham; dark true");
        assertThat(
                        site.log().stream()
                                .filter(request -> request.path().equals("/tells"))
                                .findFirst()
                                .orElseThrow()
                                .header("Accept-Language"))
                .startsWith("de");
    }

    @Test
    void aWindowOfAnySize() throws Exception {
        var wide = new DeviceSpec(new Viewport(1920, 600), false, null, null, false);
        assertThat(text("/tells", Rendering.RENDERED.withDevice(wide)))
                .contains("width 1920; height 600;");
    }

    @Test
    void aPageThatGrowsIsFollowedAsFarAsAsked() throws Exception {
        assertThat(text("/grows", Rendering.RENDERED.withScroll(new ScrollSpec(100, null))))
                .contains("Item 7.");
        assertThat(text("/grows", Rendering.RENDERED.withScroll(new ScrollSpec(2, null))))
                .contains("Item 3.")
                .doesNotContain("Item 5.");
        assertThat(text("/grows", Rendering.RENDERED.withScroll(new ScrollSpec(100, "#item4"))))
                .contains("Item 4.")
                .doesNotContain("Item 6.");
    }

    @Test
    void advertisementsAreNotAsked() throws Exception {
        // Their names are not resolved here, so it is the reason that tells.
        site.route(
                "/ads",
                (_, out) ->
                        out.html(
                                "<!doctype html><p id=p></p><script>location ="
                                        + " 'http://ads.doubleclick.net/click'</script>"));
        RenderOutcome outcome =
                rendering.render(site.url("/ads"), Rendering.RENDERED.withBlockAds(true));
        assertThat(outcome.toString()).contains("CONNECT_FAILURE", "blockAds");
    }
}
