package io.gleaner.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class LongTableTest {

    @Test
    void everyHashIsFoundWhereItStoodAndNoOther() {
        long[] hashes = new Random(1).longs(1_000).distinct().toArray();
        hashes[0] = 0;
        var table = new LongTable(hashes);
        for (int i = 0; i < hashes.length; i++) {
            assertThat(table.place(hashes[i])).isEqualTo(i);
        }
        assertThat(new Random(2).longs(1_000).filter(table::has)).isEmpty();
    }

    @Test
    void anEmptyTableHasNothing() {
        assertThat(new LongTable(new long[0]).has(0)).isFalse();
        assertThat(new LongTable(new long[] {7}).has(7)).isTrue();
    }
}
