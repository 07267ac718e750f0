package io.gleaner.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

class FrontMatterTest {

    private static final YAMLMapper YAML = new YAMLMapper();

    @Test
    void saysWhereAPageCameFrom() {
        var page =
                Samples.content(
                        "https://a.example/x",
                        Map.of("title", "Say \"hi\": \\o/", "language", "en"));
        assertThat(FrontMatter.of(page))
                .isEqualTo(
                        """
                        ---
                        url: "https://a.example/x"
                        finalUrl: "https://a.example/x"
                        title: "Say \\"hi\\": \\\\o/"
                        fetchedAt: "2026-01-02T03:04:05Z"
                        status: 200
                        depth: 1
                        ---

                        """);
    }

    @Test
    void aPageWithoutMetadataHasNoTitle() {
        assertThat(FrontMatter.of(Samples.content("https://a.example/x", null)))
                .doesNotContain("title");
    }

    @Property(tries = 2_000)
    void everyTitleIsReadBackByAYamlParser(@ForAll("titles") String title) {
        var metadata = new HashMap<String, String>();
        metadata.put("title", title);
        String yaml = FrontMatter.of(Samples.content("https://a.example/x", metadata));
        String body = yaml.substring("---\n".length(), yaml.lastIndexOf("---\n"));
        JsonNode read = YAML.readTree(body);
        assertThat(read.path("title").asString("")).isEqualTo(title);
        assertThat(body.lines().count()).isEqualTo(title.isEmpty() ? 5 : 6);
    }

    // Lone surrogates are no characters: neither files nor HTTP bodies can carry them.
    @Provide
    Arbitrary<String> titles() {
        return Arbitraries.strings()
                .all()
                .withChars("\"\\\n\r\t\u0085\u2028\u2029\ufeff\u0000\u007f: #-'{}[]%@`&*!|>")
                .ofMaxLength(40)
                .filter(
                        text ->
                                text.codePoints()
                                        .noneMatch(point -> point >= 0xD800 && point < 0xE000));
    }
}
