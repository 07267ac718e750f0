package io.gleaner.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordHashTest {

    private static List<Long> hashes(String... words) {
        return Arrays.stream(words)
                .map(word -> WordHash.of(word) ^ WordHash.OF_NAMES)
                .collect(Collectors.toList());
    }

    @ParameterizedTest
    @CsvSource({
        "sidebar, sidebar",
        "Side-Bar, side|bar|side-bar",
        "sideBar, side|bar|sidebar",
        "post-12 nav, post|nav",
        "a_b c, a|b|a_b|c",
        "'  ', ''"
    })
    void namesArePartedIntoTheirWords(String names, String words) {
        var found = new ArrayList<Long>();
        WordHash.ofNames(names, found::add);
        assertThat(found)
                .containsExactlyInAnyOrderElementsOf(
                        words.isEmpty() ? List.of() : hashes(words.split("\\|", -1)));
    }
}
