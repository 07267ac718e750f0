package io.gleaner.pdf;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.HexFormat;
import java.util.List;
import java.util.TimeZone;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.apache.pdfbox.pdfwriter.compress.CompressParameters;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;
import org.apache.pdfbox.pdmodel.interactive.action.PDActionURI;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotationLink;

/** PDF documents for tests. */
public final class PdfFiles {

    private PdfFiles() {}

    /** Two pages: a heading, a divided word, a link, and what the document says of itself. */
    public static byte[] report(String link) {
        return written(
                document -> {
                    var page =
                            page(
                                    document,
                                    "Yields of barley",
                                    List.of("The har-", "vest was good. See the tables."));
                    var action = new PDActionURI();
                    action.setURI(link);
                    var annotation = new PDAnnotationLink();
                    annotation.setAction(action);
                    annotation.setRectangle(new PDRectangle(140, 645, 150, 20));
                    page.getAnnotations().add(annotation);
                    page(document, "Rye", List.of("There was none."));
                    var about = document.getDocumentInformation();
                    about.setTitle("Report & yields");
                    about.setAuthor("A. Farmer");
                    Calendar date = new GregorianCalendar(TimeZone.getTimeZone("UTC"));
                    date.setTimeInMillis(1_000_000_000_000L);
                    about.setCreationDate(date);
                });
    }

    /** Nobody may read it who has no password. */
    public static byte[] encrypted() {
        return written(
                document -> {
                    page(document, "Secret", List.of("Nothing to see."));
                    document.protect(
                            new StandardProtectionPolicy("owner", "user", new AccessPermission()));
                });
    }

    /**
     * A page whose content is so many bytes, compressed, and written in hexadecimal digits or not.
     */
    public static byte[] bomb(long bytes, boolean hex) {
        byte[] content = zeros(bytes);
        if (hex) {
            content = HexFormat.of().formatHex(content).getBytes(StandardCharsets.US_ASCII);
        }
        String filters = hex ? "/ASCIIHexDecode /FlateDecode" : "/FlateDecode";
        return file(
                "<< /Type /Catalog /Pages 2 0 R >>",
                "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R >>",
                stream("/Filter [" + filters + "]", content));
    }

    /** A page that draws a form, that draws the next ten times, and so on. */
    public static byte[] forms(int levels) {
        var objects = new ArrayList<String>();
        objects.add("<< /Type /Catalog /Pages 2 0 R >>");
        objects.add("<< /Type /Pages /Kids [3 0 R] /Count 1 >>");
        objects.add(
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R"
                        + " /Resources << /XObject << /F 5 0 R >> >> >>");
        objects.add(stream("", "/F Do ".repeat(10).getBytes(StandardCharsets.ISO_8859_1)));
        for (int level = 0; level < levels; level++) {
            objects.add(
                    stream(
                            "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /F %d 0 R >> >>"
                                    .formatted(6 + level),
                            "/F Do ".repeat(10).getBytes(StandardCharsets.ISO_8859_1)));
        }
        return file(objects.toArray(String[]::new));
    }

    private interface Writing {
        void to(PDDocument document) throws IOException;
    }

    private static byte[] written(Writing writing) {
        // What PDFBox writes goes through the filters, which are metered only while something is
        // read.
        try (var document = new PDDocument()) {
            writing.to(document);
            var out = new ByteArrayOutputStream();
            document.save(out, CompressParameters.NO_COMPRESSION);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PDPage page(PDDocument document, String heading, List<String> lines)
            throws IOException {
        var page = new PDPage();
        document.addPage(page);
        try (var content =
                new PDPageContentStream(
                        document, page, PDPageContentStream.AppendMode.OVERWRITE, false)) {
            var font = new PDType1Font(FontName.HELVETICA);
            content.beginText();
            content.setFont(font, 20);
            content.newLineAtOffset(72, 700);
            content.showText(heading);
            content.setFont(font, 10);
            content.newLineAtOffset(0, -40);
            for (String line : lines) {
                content.showText(line);
                content.newLineAtOffset(0, -12);
            }
            content.endText();
        }
        return page;
    }

    private static String stream(String entries, byte[] content) {
        return "<< /Length %d %s >>\nstream\n%s\nendstream"
                .formatted(
                        content.length, entries, new String(content, StandardCharsets.ISO_8859_1));
    }

    /** Objects from 1 on, the first of which is the catalog; readers find them without a table. */
    private static byte[] file(String... objects) {
        var file = new StringBuilder("%PDF-1.5\n");
        for (int i = 0; i < objects.length; i++) {
            file.append(i + 1).append(" 0 obj\n").append(objects[i]).append("\nendobj\n");
        }
        file.append("trailer\n<< /Root 1 0 R /Size ").append(objects.length + 1);
        file.append(" >>\nstartxref\n0\n%%EOF\n");
        return file.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] zeros(long count) {
        var out = new ByteArrayOutputStream();
        try (var deflater = new DeflaterOutputStream(out, new Deflater(9))) {
            byte[] block = new byte[1 << 16];
            for (long written = 0; written < count; written += block.length) {
                deflater.write(block);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
