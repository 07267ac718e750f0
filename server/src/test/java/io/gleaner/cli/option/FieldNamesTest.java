package io.gleaner.cli.option;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldNamesTest {

    @ParameterizedTest
    @CsvSource({
        "crawl.include[0] must be RE2, --include must be RE2",
        "crawl.maxDepth must be 0 to 9, --max-depth must be 0 to 9",
        "includeTags[3] must be CSS, --include-tags must be CSS",
        "url must be absolute, URL must be absolute",
        "header Host cannot be set, header Host cannot be set",
    })
    void aFieldIsCalledByItsFlag(String message, String asFlag) {
        assertThat(FieldNames.asFlags(message)).isEqualTo(asFlag);
    }
}
