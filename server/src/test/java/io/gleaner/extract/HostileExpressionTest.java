package io.gleaner.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gleaner.job.ContentSpec;
import io.gleaner.job.FieldSpec;
import java.io.StringReader;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No expression, on no page, takes more than a page may cost. */
@Timeout(120)
class HostileExpressionTest {

    private static final String WIDE = "<body>" + "<p>a paragraph of some words</p>".repeat(4_000);
    private static final String DIVS = "<body>" + "<div><i>x</i></div>".repeat(4_000);
    private static final String DEEP =
            "<body>" + "<div>aaaaaaaaaaaaaaaaaaaaaaaaaaaa".repeat(500) + "<p>x</p>".repeat(4_000);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//*[count(//*[count(//*[count(//*)=1])=1])=1]",
                "//*[count(//*)=1]",
                "//*[.//*[..//*[..//*]]]",
                "//p[following::p[following::p[following::x]]]",
                "//p[preceding::*/following::x]",
                "//*[//p = //p/@x]",
                "//*[//*/. != //p]",
                "//p[count(//p | //*) = 0]",
                "//*[sum(//p) = 0]",
                "//*[string-length(concat(/,/,/,/,/,/,/,/,/,/,/,/,/,/,/,/,/,/,/,/)) = 0]",
                "//*[translate(/, /, /) = 'x']",
                "//*[contains(/, concat(substring(/, 2), 'y'))]",
                "//*[normalize-space(/) = substring-after(/, 'y')]"
            })
    void xpathEndsWithinItsSteps(String xpath) {
        assertOverrun(WIDE, new FieldSpec(null, xpath, null, true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "div:has(~ div:has(~ div:has(~ div:has(b))))",
                "div:has(~ div:has(~ b))",
                "div:not(:has(~ div:not(:has(~ div:has(b)))))",
                "body:has(div:has(~ div b)) x, div:has(~ div ~ div b)",
                ":has(~ :matches(^(a|b|c|d|e|f|g|h)*$))",
                "div:has(~ div:contains(y))"
            })
    void cssEndsWithinItsSteps(String css) {
        assertOverrun(DIVS, new FieldSpec(css, null, null, true));
        assertOverrun(DIVS, Extraction.spec(true, List.of(css), List.of()));
        assertOverrun(DIVS, Extraction.spec(true, List.of(), List.of(css)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"*:contains(y)", "*:matches((a|b){100}y)", ":has(:has(:has(y)))"})
    void whatIsReadAnewForEachAncestorEndsWithinItsSteps(String css) {
        assertOverrun(DEEP + DEEP + WIDE.repeat(4), new FieldSpec(css, null, null, true));
    }

    @Test
    void elementsWithoutATextCostWhatIsInThemToo() {
        String page = "<body>" + "<div>".repeat(400) + "<p></p>".repeat(40_000);
        assertOverrun(page, new FieldSpec("*", null, null, true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "p",
                "body > p:nth-child(2n)",
                "p + p",
                "x ~ p",
                "p:not(:has(b))",
                "body:has(x)",
                "p:contains(words)",
                "p:nth-of-type(3)",
                "p:has(+ p)"
            })
    void ordinarySelectorsDoNotComeNearIt(String css) {
        Extraction.of(WIDE, Extraction.fields(Map.of("f", new FieldSpec(css, null, null, true))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//p",
                "//p[1]",
                "//p[last()]",
                "//p | //b",
                "//b | //p",
                "//p[contains(., 'words')]",
                "//p/following-sibling::p[1]",
                "//body/p[position() mod 2 = 0]/text()"
            })
    void ordinaryPathsDoNotComeNearIt(String xpath) {
        Extraction.of(WIDE, Extraction.fields(Map.of("f", new FieldSpec(null, xpath, null, true))));
    }

    @Test
    void theTimeoutIsHeededInTheParseAndInTheWalks() {
        var clock = new Ticks(Duration.ofMillis(1));
        assertThatExceptionOfType(ExtractionException.class)
                .isThrownBy(() -> extract(WIDE, Duration.ofMillis(5), clock, () -> {}))
                .withMessage("the page is over the limit timeout = PT0.005S");
    }

    @Test
    void timeInPausesIsNotThePages() {
        var clock = new Ticks(Duration.ZERO);
        assertThat(
                        extract(
                                WIDE,
                                Duration.ofMillis(5),
                                clock,
                                () -> clock.now = clock.now.plusSeconds(60)))
                .isNotNull();
    }

    @Test
    void anInterruptEndsIt() {
        Thread.currentThread().interrupt();
        try {
            assertThatExceptionOfType(CancellationException.class)
                    .isThrownBy(
                            () ->
                                    extract(
                                            WIDE,
                                            Duration.ofMinutes(1),
                                            InstantSource.system(),
                                            () -> {}));
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    private static Extracted extract(
            String html, Duration timeout, InstantSource clock, Runnable pause) {
        return Extraction.EXTRACTOR.extract(
                new StringReader(html),
                Parsing.HTML,
                () -> html,
                Extraction.URL,
                ContentSpec.standard(),
                true,
                Extraction.EXTRACTOR.effort(timeout, clock, pause));
    }

    private static void assertOverrun(String page, FieldSpec field) {
        assertOverrun(page, Extraction.fields(Map.of("f", field)));
    }

    private static void assertOverrun(String page, ContentSpec spec) {
        assertThatExceptionOfType(ExtractionException.class)
                .isThrownBy(() -> Extraction.of(page, spec))
                .satisfies(e -> assertThat(e.limit()).isIn("stepsMax", "productCharsMax"));
    }

    /** A clock that goes on with every look. */
    private static final class Ticks implements InstantSource {
        private final Duration each;
        private Instant now = Instant.parse("2026-11-30T12:00:00Z");

        Ticks(Duration each) {
            this.each = each;
        }

        @Override
        public Instant instant() {
            now = now.plus(each);
            return now;
        }
    }
}
