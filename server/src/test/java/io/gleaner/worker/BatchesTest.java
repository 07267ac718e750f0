package io.gleaner.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.gleaner.database.DatabaseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BatchesTest {

    static final int ITEMS = 20;

    private final Set<Integer> stored = new HashSet<>();
    private final List<Integer> alone = new ArrayList<>();
    private final List<Integer> over = new ArrayList<>();

    @Property(tries = 200)
    void whatCannotBeStoredStandsAloneAndHoldsUpNoOther(
            @ForAll Set<@IntRange(max = ITEMS - 1) Integer> poison) throws Exception {
        stored.clear();
        alone.clear();
        over.clear();
        var batches = new Batches<>("storing", 8, items -> store(items, poison), this::alone);
        addAll(batches);
        while (!batches.isEmpty()) {
            batches.round();
        }
        assertThat(alone).containsExactlyInAnyOrderElementsOf(poison);
        assertThat(stored).hasSize(ITEMS - poison.size()).noneMatch(poison::contains);
        assertThat(over).containsExactlyInAnyOrderElementsOf(all());
    }

    @Test
    void whatFailedForNothingOfItsOwnIsTriedAgain() throws Exception {
        var failures = new ArrayList<Error>();
        var batches =
                new Batches<Integer>(
                        "storing",
                        1,
                        items -> {
                            if (failures.size() < 2) {
                                failures.add(new OutOfMemoryError("planted"));
                                throw failures.getLast();
                            }
                            stored.addAll(items);
                        },
                        this::alone);
        batches.add(1, () -> over.add(1));
        batches.round();
        assertThat(stored).containsExactly(1);
        assertThat(alone).isEmpty();
        assertThat(over).containsExactly(1);
    }

    @Test
    void nobodyWaitsForWhatCanNeitherBeStoredNorGivenUp() throws Exception {
        var batches =
                new Batches<Integer>(
                        "storing",
                        8,
                        items -> {
                            throw new StackOverflowError("planted");
                        },
                        (item, refusal) -> {
                            throw new IllegalStateException("planted", refusal);
                        });
        addAll(batches);
        while (!batches.isEmpty()) {
            batches.round();
        }
        assertThat(over).containsExactlyInAnyOrderElementsOf(all());
    }

    @Test
    void aBugOfOneWhoWaitsIsNotThatOfTheOthers() throws Exception {
        var batches = new Batches<Integer>("storing", 8, stored::addAll, this::alone);
        batches.add(
                1,
                () -> {
                    throw new IllegalStateException("planted");
                });
        batches.add(2, () -> over.add(2));
        batches.round();
        assertThat(stored).containsExactlyInAnyOrder(1, 2);
        assertThat(alone).isEmpty();
        assertThat(over).containsExactly(2);
    }

    @Test
    void aDatabaseThatIsAwayIsWaitedForAndNothingIsHalved() throws Exception {
        var sizes = new ArrayList<Integer>();
        var batches =
                new Batches<Integer>(
                        "storing",
                        8,
                        items -> {
                            sizes.add(items.size());
                            if (sizes.size() == 1) {
                                throw new DatabaseException("away");
                            }
                        },
                        this::alone);
        batches.add(1, () -> over.add(1));
        batches.add(2, () -> over.add(2));
        batches.round();
        assertThat(sizes).containsExactly(2, 2);
        assertThat(over).containsExactly(1, 2);
    }

    private void store(List<Integer> items, Set<Integer> poison) {
        if (items.stream().anyMatch(poison::contains)) {
            var planted = new IllegalStateException("planted");
            planted.setStackTrace(new StackTraceElement[0]); // The log has thousands of them.
            throw planted;
        }
        stored.addAll(items);
    }

    private void alone(Integer item, Throwable refusal) {
        alone.add(item);
    }

    private void addAll(Batches<Integer> batches) {
        all().forEach(item -> batches.add(item, () -> over.add(item)));
    }

    private static List<Integer> all() {
        return IntStream.range(0, ITEMS).boxed().toList();
    }
}
