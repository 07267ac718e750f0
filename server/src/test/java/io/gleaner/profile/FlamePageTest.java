package io.gleaner.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import jdk.jfr.Recording;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlamePageTest {

    @TempDir private Path dir;

    private static Stacks stacks(String... paths) {
        var stacks = new Stacks();
        for (String path : paths) {
            stacks.add(path.split(";", -1), 10);
        }
        return stacks;
    }

    private static String data(String page) {
        return page.lines().filter(line -> line.contains("const data")).findFirst().orElseThrow();
    }

    @Test
    void everyCallHasTheWeightOfWhatItCalled() {
        String page = FlamePage.of("t", Kind.CPU, stacks("a;b", "a;b;c", "a;d"), null);
        assertThat(data(page))
                .contains(
                        "[\"all\",30,1.0,[[\"a\",30,1.0,[[\"b\",20,0.66667,[[\"c\",10,0.33333,[]]]],"
                            + "[\"d\",10,0.33333,[]]]]]]");
    }

    @Test
    void againstAnotherRecordingItSaysHowSharesChanged() {
        String page =
                FlamePage.of("t", Kind.CPU, stacks("a", "a", "a", "b"), stacks("a", "b", "b", "b"));
        assertThat(data(page)).contains("[\"a\",30,0.5,[]]", "[\"b\",10,-0.5,[]]", "diff = true");
    }

    @Test
    void namesCannotBreakOutOfThePage() {
        String page = FlamePage.of("<t>", Kind.CPU, stacks("</script>\"\\"), null);
        assertThat(page).contains("&lt;t&gt;").doesNotContain("</script>\"");
        assertThat(data(page)).contains("\\u003c/script>\\\"\\\\");
    }

    @Test
    void aRealRecordingHasTheMethodThatAllocated() throws Exception {
        Path file = dir.resolve("a.jfr");
        try (var recording = new Recording()) {
            recording.enable(Kind.ALLOC.event()).with("throttle", "1000/s").withStackTrace();
            recording.start();
            Supplier<List<byte[]>> lambda = () -> allocate();
            assertThat(lambda.get()).hasSize(2_000);
            recording.stop();
            recording.dump(file);
        }
        Stacks stacks = Stacks.read(file, Kind.ALLOC);
        assertThat(stacks.weight()).isPositive();
        assertThat(FlamePage.of("t", Kind.ALLOC, stacks, null))
                .contains("FlamePageTest.allocate", "FlamePageTest$$Lambda.get")
                .doesNotContain("\"0x");
        Stacks none = Stacks.read(file, Kind.LOCK);
        assertThat(none.weight()).isZero();
        assertThat(FlamePage.of("t", Kind.LOCK, none, null)).contains("nothing was sampled");
    }

    private static List<byte[]> allocate() {
        var all = new ArrayList<byte[]>();
        for (int i = 0; i < 2_000; i++) {
            all.add(new byte[Math.toIntExact(Duration.ofSeconds(40).toMillis())]);
        }
        return all;
    }
}
