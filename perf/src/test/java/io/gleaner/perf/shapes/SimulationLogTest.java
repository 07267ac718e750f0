package io.gleaner.perf.shapes;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gleaner.perf.process.BenchException;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logs as {@code LogFileDataWriter} of Gatling 3.15 writes them. */
class SimulationLogTest {

    @TempDir private Path folder;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final DataOutputStream log = new DataOutputStream(bytes);

    private void string(String text) throws IOException {
        log.writeInt(text.length());
        if (!text.isEmpty()) {
            log.write(text.getBytes(ISO_8859_1));
            log.writeByte(0);
        }
    }

    private void header(String version) throws IOException {
        log.writeByte(0);
        string(version);
        string("Users");
        log.writeLong(1_795_000_000_000L);
        string("");
        log.writeInt(1);
        string("users");
        log.writeInt(1);
        log.writeInt(3);
        log.write(new byte[] {1, 2, 3});
    }

    private void user(boolean start) throws IOException {
        log.writeByte(2);
        log.writeInt(0);
        log.writeBoolean(start);
        log.writeInt(5);
    }

    /** A string's number is positive with the string behind it, and negative once it is known. */
    private void response(int name, String text, int start, int end, int message, String why)
            throws IOException {
        log.writeByte(1);
        log.writeInt(0);
        cached(name, text);
        log.writeInt(start);
        log.writeInt(end);
        log.writeBoolean(why.isEmpty());
        cached(message, why);
    }

    private void cached(int number, String text) throws IOException {
        log.writeInt(number);
        if (number > 0) {
            string(text);
        }
    }

    private SimulationLog open(byte[] content) throws IOException {
        return SimulationLog.open(Files.write(folder.resolve("simulation.log"), content));
    }

    private byte[] whole() throws IOException {
        header("3.15.1");
        user(true);
        response(1, "status", 10, 22, 2, "");
        response(-1, "", 30, 5030, 3, "timeout");
        log.writeByte(4);
        cached(-3, "");
        log.writeInt(5030);
        response(-1, "", 40, 41, -2, "");
        user(false);
        return bytes.toByteArray();
    }

    private static final List<Response> ALL =
            List.of(
                    new Response("status", 10, 22, true, ""),
                    new Response("status", 30, 5030, false, "timeout"),
                    new Response("status", 40, 41, true, ""));

    @Test
    void everyAnswerIsThereWithItsTimesAndWhatWasWrong() throws IOException {
        try (SimulationLog read = open(whole())) {
            assertThat(read.read()).isEqualTo(ALL);
            assertThat(read.read()).isEmpty();
        }
    }

    @Test
    void aLogThatGrowsByteByByteIsReadToTheSameAnswers() throws IOException {
        byte[] all = whole();
        var found = new ArrayList<Response>();
        try (SimulationLog read = open(new byte[0]);
                var file = Files.newOutputStream(folder.resolve("simulation.log"))) {
            for (byte next : all) {
                file.write(next);
                found.addAll(read.read());
            }
        }
        assertThat(found).isEqualTo(ALL);
    }

    @Test
    void theLogOfAnotherVersionIsRefused() throws IOException {
        header("3.16.0");
        try (SimulationLog read = open(bytes.toByteArray())) {
            assertThatThrownBy(read::read)
                    .isInstanceOf(BenchException.class)
                    .hasMessageContaining("3.16.0");
        }
    }
}
