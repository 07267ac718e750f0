package io.gleaner.perf.autoscale.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChangesTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    # sentence | replicas at seconds | changes | flaps
                    a rise in steps is no flap                    | 2@0 4@15 8@30              | 2 | 0
                    a fall undone within five minutes is one      | 8@0 4@100 8@399            | 2 | 1
                    after five minutes it is none                 | 8@0 4@100 8@400            | 2 | 0
                    a smaller rise after a fall follows the load  | 8@0 4@100 7@200            | 2 | 0
                    several steps count as one fall               | 8@0 6@90 4@100 6@200 8@300 | 4 | 1
                    a rise undone at once is one too              | 2@0 8@15 2@60              | 2 | 1
                    to and fro is one each time                   | 2@0 4@15 2@30 4@45 2@60    | 4 | 3
                    the number that stays is no change            | 2@0 2@15 2@30              | 0 | 0
                    """)
    void areCounted(String sentence, String replicas, int count, int flaps) {
        var changes = new Changes();
        int before = -1;
        for (String one : replicas.split(" ", -1)) {
            String[] parts = one.split("@", -1);
            int after = Integer.parseInt(parts[0]);
            changes.note(Integer.parseInt(parts[1]), before < 0 ? after : before, after);
            before = after;
        }
        assertThat(changes.count()).as(sentence).isEqualTo(count);
        assertThat(changes.flaps()).as(sentence).isEqualTo(flaps);
    }
}
