package io.gleaner.pdf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.management.ThreadMXBean;
import io.gleaner.select.Effort;
import io.gleaner.select.OverrunException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class PdfReaderTest {

    private static final PdfReader READER = new PdfReader(PdfLimits.standard());

    @Test
    void textLinksAndPagesStandInReadingOrder() {
        String html = read(PdfFiles.report("https://h.example/?a&b"));
        assertThat(html)
                .contains(
                        """
                        <section id="page-1">
                        <h1>Yields of barley</h1>
                        <p>The harvest was good.\
                        """)
                .contains("<a href=\"https://h.example/?a&amp;b\">")
                .contains(
                        """
                        </section>
                        <hr>
                        <section id="page-2">
                        <h1>Rye</h1>
                        <p>There was none.</p>\
                        """);
    }

    @Test
    void whatTheDocumentSaysOfItselfStandsInItsHead() {
        assertThat(read(PdfFiles.report("https://h.example/")))
                .contains("<title>Report &amp; yields</title>")
                .contains("<meta name=\"author\" content=\"A. Farmer\">")
                .contains("<meta name=\"date\" content=\"2001-09-09T01:46:40Z\">")
                .contains("<meta name=\"pages\" content=\"2\">");
    }

    @Test
    void encryptedDocumentIsSaidToBeOne() {
        byte[] document = PdfFiles.encrypted();
        assertThatExceptionOfType(PdfException.class)
                .isThrownBy(() -> read(document))
                .matches(PdfException::isEncrypted)
                .withMessage("it asks for a password");
    }

    @Test
    void bombGoesOffInAStream() {
        byte[] plain = PdfFiles.bomb(256L << 20, false);
        byte[] hex = PdfFiles.bomb(256L << 20, true);
        long before = allocated();
        assertOverrun(plain, "streamMaxBytes");
        assertOverrun(hex, "streamMaxBytes");
        // No more than 32 MiB are let out of a stream.
        assertThat(allocated() - before).isLessThan(200L << 20);
    }

    @Test
    void documentThatRepeatsItselfIsStopped() {
        var effort = new Effort(1, Duration.ofMinutes(1), InstantSource.system(), () -> {});
        var reader =
                new PdfReader(
                        new PdfLimits(1L << 24, 1 << 20, 1 << 20, 10, 1_000, 1_000_000, 100_000));
        assertThatExceptionOfType(OverrunException.class)
                .isThrownBy(() -> reader.html(PdfFiles.forms(8), effort));
    }

    @Test
    void whatIsNoPdfIsNamed() {
        assertThatExceptionOfType(PdfException.class)
                .isThrownBy(() -> read("%PDF-1.7\n%end\n".getBytes(StandardCharsets.US_ASCII)))
                .withMessageStartingWith("the document is no PDF that can be read: ");
    }

    @Property(tries = 300)
    void brokenDocumentIsReadOrRefused(
            @ForAll @Size(min = 1, max = 30) List<@IntRange(max = 1_000_000) Integer> places,
            @ForAll byte value) {
        byte[] document = PdfFiles.report("https://h.example/");
        for (int place : places) {
            document[place % document.length] = value;
        }
        try {
            assertThat(read(document)).startsWith("<!doctype html>");
        } catch (PdfException | OverrunException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    private static void assertOverrun(byte[] document, String limit) {
        assertThatExceptionOfType(OverrunException.class)
                .isThrownBy(() -> read(document))
                .matches(e -> e.limit().equals(limit));
    }

    private static long allocated() {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        return threads.getCurrentThreadAllocatedBytes();
    }

    private static String read(byte[] document) {
        return READER.html(
                document, new Effort(1, Duration.ofMinutes(1), InstantSource.system(), () -> {}));
    }
}
