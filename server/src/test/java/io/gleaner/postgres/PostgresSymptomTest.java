package io.gleaner.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PostgresSymptomTest {

    private static final Path FOLDER = Path.of("/home/ann/data");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "FATAL:  could not write lock file \"postmaster.pid\": No space left on device|is"
                        + " full",
                "initdb: error: could not write to file \"x\": Disk quota exceeded|is full",
                "FATAL:  could not map anonymous shared memory: Cannot allocate"
                        + " memory|shared_buffers",
                "FATAL:  could not create shared memory segment: No space left on"
                        + " device|shared_buffers",
                "LOG:  invalid value for parameter \"shared_buffers\": \"x\"|one of its settings",
                "FATAL:  data directory \"x\" has wrong ownership|another user",
                "initdb: error: could not create directory \"new\": Permission denied|may not use",
                "FATAL:  could not open file \"pg_wal/0\": Read-only file system|read-only",
                "FATAL:  database files are incompatible with server|another build",
                "PANIC:  could not locate a valid checkpoint record at 0/1|is damaged",
                "FATAL:  could not open file \"global/pg_filenode.map\": No such file|is damaged",
                "FATAL:  lock file \"postmaster.pid\" already exists|Another PostgreSQL",
                "FATAL:  something new under the sun|look at its logs",
            })
    void everySymptomBecomesOneSentenceWithItsCure(String line, String expected) {
        String output = "2026-01-01 00:00:00.000 UTC [7] LOG:  starting\n" + line + "\nLOG:  bye";

        EmbeddedPostgresException exception = PostgresSymptom.diagnose(FOLDER, output);

        assertThat(exception)
                .hasMessageContaining(expected)
                .hasMessageContaining(FOLDER.toString())
                .hasMessageContaining(line.substring(line.lastIndexOf(": ") + 2).strip())
                .hasMessageNotContaining("\n");
        assertThat(exception.logTail()).isEqualTo(output);
    }

    @Test
    void silenceIsASymptomToo() {
        assertThat(PostgresSymptom.diagnose(FOLDER, " \n")).hasMessageContaining("it said nothing");
    }

    @Test
    void anUnknownEndShowsTheLastLine() {
        assertThat(PostgresSymptom.diagnose(FOLDER, "LOG:  one\nKilled\n"))
                .hasMessageContaining("(Killed)");
    }

    @Test
    void whatInitdbSaysOfItsOwnAccordIsNoSymptomOfDamage() {
        String output =
                """
                Data page checksums are enabled.
                creating subdirectories ... ok
                initdb: error: out of luck
                initdb: removing data directory "new"
                """;
        assertThat(PostgresSymptom.diagnose(FOLDER, output))
                .hasMessageContaining("(out of luck)")
                .hasMessageContaining("look at its logs");
    }
}
