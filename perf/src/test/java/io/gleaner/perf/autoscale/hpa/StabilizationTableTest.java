package io.gleaner.perf.autoscale.hpa;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Windows: {@code stabilizeRecommendationWithBehaviors} and {@code stabilizeRecommendation} of
 * horizontal.go; {@code TestNormalizeDesiredReplicasWithBehavior} and {@code
 * TestNormalizeDesiredReplicas} of its test have cases with the same numbers. {@code 5@60} is a
 * recommendation of five 60 s ago.
 */
class StabilizationTableTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    # sentence | current | desired | recent | window up | window down | replicas
                    without a past what is asked for is given            | 100 | 5 | none          | 0   | 0   | 5
                    downwards the highest of the window counts           | 100 | 3 | 4@120 5@60    | 0   | 180 | 5
                    upwards the lowest of the window counts              | 1   | 7 | 4@120 5@60    | 300 | 0   | 4
                    the window up does not hold the way down             | 100 | 3 | 1@120 2@60    | 300 | 0   | 3
                    the window down does not hold the way up             | 1   | 3 | 4@120 5@60    | 0   | 300 | 3
                    what is older than its window does not count         | 100 | 3 | 10@600 9@540  | 0   | 300 | 3
                    exactly a window ago does not count                  | 100 | 3 | 10@300        | 0   | 300 | 3
                    a second less does                                   | 100 | 3 | 10@299        | 0   | 300 | 10
                    never above the current number on the way down       | 5   | 3 | 100@60        | 0   | 300 | 5
                    never below it on the way up                         | 5   | 7 | 1@60          | 300 | 0   | 5
                    both windows at once keep the number                 | 5   | 7 | 1@60 9@30     | 300 | 300 | 5
                    with a longer window up a dip in it holds the rise   | 2   | 9 | 9@120 3@60 9@30 | 180 | 0 | 3
                    the windows may differ                               | 10  | 4 | 8@200 6@50    | 0   | 100 | 6
                    """)
    void movesAsFarAsAllOfTheWindowAgree(
            String sentence,
            int current,
            int desired,
            String recent,
            int up,
            int down,
            int replicas) {
        var stable =
                recommendations(recent)
                        .within(
                                current,
                                desired,
                                Duration.ofSeconds(up),
                                Duration.ofSeconds(down),
                                NOW);
        assertThat(stable.replicas()).as(sentence).isEqualTo(replicas);
        assertThat(stable.reason())
                .isEqualTo(desired >= current ? "ScaleUpStabilized" : "ScaleDownStabilized");
    }

    @ParameterizedTest(name = "without behavior {0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    # sentence | desired | recent | replicas
                    without a past what is asked for is given   | 3 | none                    | 3
                    the highest of five minutes counts          | 3 | 4@120 5@60              | 5
                    what is older does not                      | 3 | 10@600 9@540            | 3
                    mixed, only the young ones                  | 3 | 10@600 4@60 5@120 9@540 | 5
                    exactly five minutes ago counts here        | 3 | 8@300                   | 8
                    upwards nothing is held                     | 9 | 4@120 5@60              | 9
                    """)
    void withoutBehaviorTheHighestOfFiveMinutesCounts(
            String sentence, int desired, String recent, int replicas) {
        assertThat(recommendations(recent).highest(desired, Duration.ofMinutes(5), NOW).replicas())
                .as(sentence)
                .isEqualTo(replicas);
    }

    private static Recommendations recommendations(String recent) {
        var recommendations = new Recommendations();
        for (String one : recent.equals("none") ? new String[0] : recent.split(" ", -1)) {
            String[] parts = one.split("@", -1);
            recommendations.add(
                    Integer.parseInt(parts[0]), NOW.minusSeconds(Long.parseLong(parts[1])));
        }
        return recommendations;
    }
}
