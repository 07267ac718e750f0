package io.gleaner.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Products whose page is built by scripts, and told of by structured data. */
class ToldProductTest {

    private static final String TOLD =
            """
            {"@context": "https://schema.org", "@graph": [{"@type": "WebSite", "name": "Shop"},
             {"@type": ["Product"], "name": "Kettle 2 l", "sku": "K-2", "brand": {"name": "Brook"},
              "description": "<p>Boils two litres of water &amp; whistles when it is done.</p>",
              "offers": [{"price": 19.90, "priceCurrency": "EUR"}]}]}
            """;

    @Test
    void whatOnlyTheStructuredDataTellsOfAProductIsContent() {
        assertThat(markdown("<div id=root></div>", TOLD))
                .isEqualTo(
                        """
                        # Kettle 2 l

                        Boils two litres of water & whistles when it is done.

                        - Brand: Brook
                        - Price: 19.9 EUR
                        - SKU: K-2\
                        """);
    }

    @Test
    void whatThePageSaysItselfIsNotSaidTwice() {
        assertThat(
                        markdown(
                                "<main><h1>Kettle 2 l</h1><p>Boils two litres of water &amp;"
                                        + " whistles when it is done.</p></main>",
                                TOLD))
                .isEqualTo("# Kettle 2 l\n\nBoils two litres of water & whistles when it is done.");
    }

    @Test
    void theNameIsNotSaidTwiceEither() {
        assertThat(markdown("<main><h1>KETTLE 2 L</h1></main>", TOLD))
                .startsWith("# KETTLE 2 L\n\nBoils two litres");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"@type\": \"Product\", \"description\": ",
                "[{\"@type\": \"Product\", \"description\": \"one of many things to have here\"},"
                        + " {\"@type\": \"Product\", \"description\": \"another of many things\"}]",
                "{\"@type\": \"ItemList\", \"itemListElement\": [{\"item\": {\"@type\":"
                        + " \"Product\", \"description\": \"one of many things to have here\"}}]}",
                "{\"@type\": \"Product\", \"name\": \"Kettle\"}",
                "{\"@type\": \"Product\", \"name\": {\"a\": 1}, \"description\": [\"a b c d e f"
                        + " g\"]}",
                "{\"@type\": \"Article\", \"description\": \"something about \\\"Product one"
                        + " two\"}",
            })
    void brokenDataAndListsOfProductsAreNoContent(String json) {
        assertThat(markdown("<main><p>A page of a shop.</p></main>", json))
                .isEqualTo("A page of a shop.");
    }

    @Test
    void whatIsToldIsEscaped() {
        String json =
                "{\"@type\": \"Product\", \"name\": \"a\", \"description\": \"See *this* and"
                        + " [that](javascript:x) &lt;img src=x onerror=y> here now\"}";
        assertThat(markdown("", json)).doesNotContain("<img", "[that](").contains("\\*this\\*");
    }

    @Test
    void deepDataIsNoTrap() {
        String json = "{\"@graph\":".repeat(50_000) + "\"Product\"" + "}".repeat(50_000);
        assertThat(markdown("<p>Seen</p>", json)).isEqualTo("Seen");
    }

    private static String markdown(String body, String json) {
        String html = "<script type=\"application/ld+json\">" + json + "</script><body>" + body;
        return Objects.requireNonNull(Extraction.main(html).content().markdown());
    }
}
