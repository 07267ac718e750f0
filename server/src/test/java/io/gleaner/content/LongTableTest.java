package io.gleaner.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LongTableTest {

    @Test
    void everyHashIsFoundWhereItStoodAndNoOther() {
        long[] hashes = new Random(1).longs(1_000).distinct().toArray();
        hashes[0] = 0;
        var table = LongTable.of(hashes);
        for (int i = 0; i < hashes.length; i++) {
            assertThat(table.place(hashes[i])).isEqualTo(i);
        }
        assertThat(new Random(2).longs(1_000).filter(table::has)).isEmpty();
    }

    @Test
    void anEmptyTableHasNothing() {
        assertThat(LongTable.of(new long[0]).has(0)).isFalse();
        assertThat(LongTable.of(new long[] {7}).has(7)).isTrue();
    }

    @Test
    void aNumberThatComesAgainKeepsItsPlace() {
        var table = new LongTable();
        long[] numbers = new Random(3).longs(5_000, 0, 1_000).toArray();
        var first = new ArrayList<Long>();
        for (long number : numbers) {
            if (!first.contains(number)) {
                first.add(number);
            }
            assertThat(table.add(number)).isEqualTo(first.indexOf(number));
        }
        assertThat(table.size()).isEqualTo(first.size());
    }
}
