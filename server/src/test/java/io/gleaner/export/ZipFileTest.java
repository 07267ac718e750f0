package io.gleaner.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A zip file, as others read it. */
final class ZipFileTest {

    private static final Instant TIME = Instant.parse("2026-12-01T12:34:56Z");

    @TempDir private Path folder;

    @Test
    void everyEntryIsReadBackByItsName() throws Exception {
        Path file = folder.resolve("a.zip");
        try (OutputStream out = Files.newOutputStream(file);
                var zip = new ZipFile(out)) {
            zip.add("a.example/café.md", "text".getBytes(UTF_8), TIME);
            zip.add("b.md", new byte[100_000], TIME);
            zip.add("empty.md", new byte[0], TIME);
            zip.finish();
        }

        try (var read = new java.util.zip.ZipFile(file.toFile())) {
            assertThat(read.stream().map(Object::toString))
                    .containsExactly("a.example/café.md", "b.md", "empty.md");
            assertThat(read.getInputStream(read.getEntry("a.example/café.md")).readAllBytes())
                    .isEqualTo("text".getBytes(UTF_8));
            assertThat(read.getInputStream(read.getEntry("b.md")).readAllBytes())
                    .isEqualTo(new byte[100_000]);
        }
        assertThat(entriesInOrder(Files.readAllBytes(file))).isEqualTo(3);
    }

    @Test
    void moreEntriesThanTheOldFormatCountsAreFound() throws Exception {
        Path file = folder.resolve("many.zip");
        int many = 70_000;
        try (OutputStream out = new java.io.BufferedOutputStream(Files.newOutputStream(file));
                var zip = new ZipFile(out)) {
            for (int i = 0; i < many; i++) {
                zip.add("f" + i, new byte[] {1}, TIME);
            }
            zip.finish();
        }

        try (var read = new java.util.zip.ZipFile(file.toFile())) {
            assertThat(read.size()).isEqualTo(many);
            assertThat(read.getEntry("f69999")).isNotNull();
        }
    }

    private static int entriesInOrder(byte[] zip) throws IOException {
        int entries = 0;
        try (var in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            while (in.getNextEntry() != null) {
                in.readAllBytes();
                entries++;
            }
        }
        return entries;
    }
}
