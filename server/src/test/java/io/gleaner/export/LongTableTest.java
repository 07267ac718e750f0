package io.gleaner.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

class LongTableTest {

    @Property(seed = "20261201")
    void itAnswersAsAMapDoes(@ForAll @Size(max = 300) List<Long> keys) {
        var table = new LongTable();
        var map = new HashMap<Long, Long>();
        for (int i = 0; i < keys.size(); i++) {
            long key = i % 3 == 0 ? keys.get(i) % 8 : keys.get(i);
            map.putIfAbsent(key, (long) i);

            assertThat(table.putIfAbsent(key, i)).isEqualTo(map.get(key));
        }

        keys.forEach(key -> assertThat(table.contains(key)).isEqualTo(map.containsKey(key)));
    }
}
