package io.gleaner.extract;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.gleaner.job.FieldSpec;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SelectorCheckTest {

    @Test
    void goodSelectorsAreAccepted() {
        var fields =
                Map.of(
                        "a", new FieldSpec("div.x > p:has(b)", null, "abs:href", true),
                        "b", new FieldSpec(null, "//div[@id='x']//text()", null, false));
        assertThatCode(() -> Extractor.validate(Extraction.fields(fields)))
                .doesNotThrowAnyException();
        assertThatCode(
                        () ->
                                Extractor.validate(
                                        Extraction.spec(true, List.of("main"), List.of(".ad"))))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"div[", "p:nope", "a >", "", " ", ":matches([)", ")"})
    void badCssIsRefused(String css) {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                Extractor.validate(
                                        Extraction.fields(
                                                Map.of(
                                                        "f",
                                                        new FieldSpec(css, null, null, false)))))
                .withMessageStartingWith("fields.f.css must be");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//div[",
                "count(//p)",
                "'text'",
                "//p[$x]",
                "//p[nope()]",
                "//p[x:y()]",
                "java.lang.Runtime.getRuntime()",
                "//p[document('file:///etc/passwd')]",
                ""
            })
    void badXpathIsRefused(String xpath) {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                Extractor.validate(
                                        Extraction.fields(
                                                Map.of(
                                                        "f",
                                                        new FieldSpec(null, xpath, null, false)))))
                .withMessageStartingWith("fields.f.xpath must be");
    }

    @Test
    void aRefusalNamesTheFieldTheValueAndWhatIsAccepted() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                Extractor.validate(
                                        Extraction.spec(true, List.of("main", "p["), List.of())))
                .withMessage(
                        "includeTags[1] must be a CSS selector such as \"article > h1\": \"p[\"");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                Extractor.validate(
                                        Extraction.spec(
                                                true, List.of(), List.of("a".repeat(2_000)))))
                .withMessageStartingWith("excludeTags[0] must be 1 to 1,000 characters: \"aaa");
    }
}
