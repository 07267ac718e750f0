package io.gleaner.api.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.util.Lists.newArrayList;

import io.gleaner.budget.Budget;
import io.gleaner.job.Candidate;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SeedsIT {

    @Test
    void aLongListComesBackWholeAndInOrderAnyNumberOfTimes() {
        int count = Seeds.MEMORY_MAX + 5_000;
        List<Candidate> given =
                IntStream.range(0, count)
                        .mapToObj(
                                i ->
                                        new Candidate(
                                                "https://ä.example/" + i,
                                                "ä.example",
                                                new UUID(i, ~i),
                                                i % 3))
                        .toList();

        try (var seeds = new Seeds(new Budget("submissions", 64 << 20))) {
            given.forEach(seeds::add);

            assertThat(seeds.count()).isEqualTo(count);
            assertThat(newArrayList(seeds)).isEqualTo(given);
            assertThat(seeds.iterator().next()).isEqualTo(given.getFirst());
            assertThat(newArrayList(seeds)).isEqualTo(given);
        }
    }
}
