package io.gleaner.perf.autoscale.hpa;

import static org.assertj.core.api.Assertions.assertThat;

import io.gleaner.perf.autoscale.policy.Behavior;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Bounds and policies: {@code convertDesiredReplicasWithBehaviorRate} and {@code
 * convertDesiredReplicasWithRules} of horizontal.go; most cases stand in {@code
 * TestScalingWithRules} of horizontal_test.go. {@code 9@60} is a change by nine pods 60 s ago,
 * {@code +} up and {@code -} down.
 */
class LimitsTableTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    # sentence | current | desired | min | max | up | down | changes | replicas | reason
                    # --- bounds
                    within the bounds what is asked for is given        | 5   | 7    | 3   | 8    | default | default | none | 7   | DesiredWithinRange
                    never below the minimum                             | 3   | 1    | 2   | 8    | default | default | none | 2   | TooFewReplicas
                    never above the maximum                             | 100 | 1000 | 100 | 150  | default | default | none | 150 | TooManyReplicas
                    nothing asked for, nothing limited                  | 5   | 5    | 1   | 8    | default | default | none | 5   | DesiredWithinRange
                    # --- defaults
                    by default ten may double                           | 10  | 50   | 1   | 1000 | default | default | none | 20  | ScaleUpLimit
                    by default one may become five                      | 1   | 50   | 1   | 1000 | default | default | none | 5   | ScaleUpLimit
                    by default four may become eight either way         | 4   | 50   | 1   | 1000 | default | default | none | 8   | ScaleUpLimit
                    by default the way down has no limit                | 100 | 1    | 1   | 1000 | default | default | none | 1   | DesiredWithinRange
                    # --- one policy
                    pods are added                                      | 10  | 50   | 1   | 1000 | pods 30/60 | default | none | 40 | ScaleUpLimit
                    percent are added                                   | 10  | 50   | 1   | 1000 | percent 200/60 | default | none | 30 | ScaleUpLimit
                    one percent of three is one pod: up rounds up       | 3   | 1000 | 1   | 2000 | percent 1/60 | default | none | 4 | ScaleUpLimit
                    ten percent of a hundred are eleven pods in doubles | 100 | 1000 | 1   | 2000 | percent 10/60 | default | none | 111 | ScaleUpLimit
                    what the policy allows is given                     | 10  | 40   | 1   | 1000 | pods 30/60 | default | none | 40 | DesiredWithinRange
                    the maximum cuts what the policy allows             | 3   | 60   | 1   | 20   | percent 700/60 | default | none | 20 | TooManyReplicas
                    pods are taken away                                 | 10  | 2    | 1   | 1000 | default | pods 5/60 | none | 5 | ScaleDownLimit
                    percent are taken away                              | 10  | 5    | 1   | 1000 | default | percent 50/60 | none | 5 | DesiredWithinRange
                    a tenth of five takes one: down truncates           | 5   | 1    | 1   | 1000 | default | percent 10/60 | none | 4 | ScaleDownLimit
                    the minimum cuts what the policy allows             | 10  | 2    | 5   | 1000 | default | percent 100/60 | none | 5 | TooFewReplicas
                    # --- several policies
                    upwards Max takes more pods                         | 10  | 500  | 1   | 1000 | pods 100/60 percent 100/60 | default | none | 110 | ScaleUpLimit
                    upwards Max takes more percent                      | 10  | 500  | 1   | 1000 | pods 2/60 percent 100/60 | default | none | 20 | ScaleUpLimit
                    upwards Min takes fewer                             | 10  | 500  | 1   | 1000 | min pods 2/60 percent 100/60 | default | none | 12 | ScaleUpLimit
                    downwards Max takes away more pods                  | 100 | 2    | 1   | 1000 | default | pods 20/60 percent 1/60 | none | 80 | ScaleDownLimit
                    downwards Max takes away more percent               | 100 | 2    | 1   | 1000 | default | pods 2/60 percent 10/60 | none | 90 | ScaleDownLimit
                    downwards Min takes away fewer                      | 100 | 2    | 1   | 1000 | default | min pods 2/60 percent 10/60 | none | 98 | ScaleDownLimit
                    Disabled upwards keeps the number                   | 10  | 50   | 1   | 1000 | disabled | default | none | 10 | ScaleUpLimit
                    Disabled downwards keeps the number                 | 10  | 2    | 1   | 1000 | default | disabled | none | 10 | ScaleDownLimit
                    Disabled upwards lets it fall                       | 10  | 2    | 1   | 1000 | disabled | default | none | 2 | DesiredWithinRange
                    # --- what was changed in the period
                    what was added counts against the policy            | 100 | 500  | 1   | 1000 | pods 150/120 | default | +1@90 +5@60 +9@30 | 235 | ScaleUpLimit
                    percent count from the start of the period          | 100 | 500  | 1   | 1000 | percent 200/120 | default | +1@90 +5@60 +9@30 | 255 | ScaleUpLimit
                    additions before the period do not count            | 100 | 500  | 1   | 1000 | pods 150/60 | default | +1@90 +9@30 | 241 | ScaleUpLimit
                    an addition exactly a period ago does not count     | 100 | 500  | 1   | 1000 | pods 150/60 | default | +9@60 | 250 | ScaleUpLimit
                    too much added already keeps the number             | 100 | 500  | 1   | 1000 | pods 5/120 | default | +1@90 +5@60 +9@30 | 100 | ScaleUpLimit
                    what was taken away may come back                   | 6   | 24   | 1   | 1000 | percent 300/300 | default | +4@60 -2@60 | 16 | ScaleUpLimit
                    each policy counts its own period                   | 20  | 500  | 1   | 1000 | min pods 20/60 percent 100/600 | default | +10@300 | 20 | ScaleUpLimit
                    the maximum cuts what is left                       | 100 | 500  | 1   | 200  | pods 300/60 | default | +9@30 | 200 | TooManyReplicas
                    what was taken away counts downwards                | 100 | 2    | 1   | 1000 | default | pods 20/120 | -1@90 -5@60 -9@30 | 95 | ScaleDownLimit
                    percent count from what there was                   | 100 | 0    | 1   | 1000 | default | percent 50/120 | -2@90 -4@60 -6@30 | 56 | ScaleDownLimit
                    what was added may go again                         | 10  | 1    | 1   | 1000 | default | percent 50/180 | +2@60 -4@60 | 6 | ScaleDownLimit
                    too much taken away already keeps the number        | 100 | 0    | 1   | 1000 | default | percent 10/120 | -10@90 -10@60 -10@30 | 100 | ScaleDownLimit
                    more than a hundred percent limit nothing           | 10  | 5    | 1   | 1000 | default | percent 1000/120 | -10@90 -10@60 -10@30 | 5 | DesiredWithinRange
                    upwards a longer period counts what the way down is done with | 6 | 100 | 1 | 1000 | percent 100/300 | percent 100/15 | -4@60 | 20 | ScaleUpLimit
                    until a later step down takes its place             | 6   | 100  | 1   | 1000 | percent 100/300 | percent 100/15 | -4@60 -2@30 | 16 | ScaleUpLimit
                    which is the place of one step only                 | 6   | 100  | 1   | 1000 | percent 100/300 | percent 100/15 | -4@60 -3@50 -2@20 | 24 | ScaleUpLimit
                    """)
    void allows(
            String sentence,
            int current,
            int desired,
            int min,
            int max,
            String up,
            String down,
            String changes,
            int replicas,
            String reason) {
        var behavior = new Behavior(Rules.up(up), Rules.down(down));
        var allowed = limits(behavior, changes).allow(current, desired, min, max, behavior, NOW);
        assertThat(allowed.replicas()).as(sentence).isEqualTo(replicas);
        assertThat(allowed.reason()).isEqualTo(reason);
    }

    @ParameterizedTest(name = "without behavior {0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    # sentence | current | desired | min | max | replicas | reason
                    one may become four           | 1   | 50  | 1 | 100 | 4  | ScaleUpLimit
                    two may become four           | 2   | 50  | 1 | 100 | 4  | ScaleUpLimit
                    three may become six          | 3   | 50  | 1 | 100 | 6  | ScaleUpLimit
                    the maximum comes first       | 3   | 50  | 1 | 5   | 5  | TooManyReplicas
                    any number may go at once     | 100 | 2   | 1 | 100 | 2  | DesiredWithinRange
                    but not below the minimum     | 100 | 0   | 3 | 100 | 3  | TooFewReplicas
                    """)
    void withoutBehaviorAtMostDoubles(
            String sentence,
            int current,
            int desired,
            int min,
            int max,
            int replicas,
            String reason) {
        var allowed = ScaleLimits.allow(current, desired, min, max);
        assertThat(allowed.replicas()).as(sentence).isEqualTo(replicas);
        assertThat(allowed.reason()).isEqualTo(reason);
    }

    private static ScaleLimits limits(Behavior behavior, String changes) {
        var limits = new ScaleLimits();
        for (String change : changes.equals("none") ? new String[0] : changes.split(" ", -1)) {
            String[] parts = change.split("@", -1);
            int pods = Integer.parseInt(parts[0]);
            limits.changed(1000, 1000 + pods, behavior, NOW.minusSeconds(Long.parseLong(parts[1])));
        }
        return limits;
    }
}
