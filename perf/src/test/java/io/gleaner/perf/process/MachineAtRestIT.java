package io.gleaner.perf.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineAtRestIT {

    @TempDir private Path folder;

    @Test
    void everyStepThatWasDueIsCountedHoweverLateItCame() {
        MachineAtRest atRest = MachineAtRest.measure(folder, Duration.ofMillis(100));
        assertThat(atRest.wakeUp().count()).isEqualTo(100);
        assertThat(atRest.toDisk().count()).isEqualTo(10);
        assertThat(atRest.toDisk().p50Ms()).isPositive();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aFolderThatCannotBeWrittenIsNamed() {
        Path missing = folder.resolve("missing");
        assertThatThrownBy(() -> MachineAtRest.measure(missing, Duration.ofMillis(1)))
                .isInstanceOf(BenchException.class)
                .hasMessageContaining(missing.toString());
    }
}
