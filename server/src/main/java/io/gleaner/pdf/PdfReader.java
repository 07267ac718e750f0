package io.gleaner.pdf;

import io.gleaner.select.Effort;
import io.gleaner.select.OverrunException;
import java.io.IOException;
import java.io.Writer;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Calendar;
import java.util.concurrent.CancellationException;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.io.IOUtils;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.apache.pdfbox.pdmodel.font.FontMappers;
import org.jspecify.annotations.Nullable;

/** Reads PDF documents. Any number of threads may share it. */
public final class PdfReader {

    static {
        Filters.meter();
        FontMappers.set(new OneFont());
    }

    private final PdfLimits limits;

    public PdfReader(PdfLimits limits) {
        this.limits = limits;
    }

    /**
     * A document as HTML.
     *
     * @throws PdfException when it asks for a password or is none
     * @throws io.gleaner.select.OverrunException when a limit is met
     * @throws java.util.concurrent.CancellationException when the thread is interrupted
     */
    public String html(byte[] document, Effort effort) {
        var meter = new Meter(limits, effort);
        return ScopedValue.where(Meter.CURRENT, meter).call(() -> read(document, meter));
    }

    private static String read(byte[] bytes, Meter meter) {
        // Nothing of a document is written, so its cache of streams stays empty.
        try (var document =
                Loader.loadPDF(
                        new MeteredSource(bytes, meter.effort()),
                        IOUtils.createMemoryOnlyStreamCache())) {
            meter.pages(document.getNumberOfPages());
            var pages = new Pages(meter);
            pages.writeText(document, Writer.nullWriter());
            return html(document, pages, meter);
        } catch (InvalidPasswordException e) {
            throw PdfException.encrypted();
        } catch (OverrunException | CancellationException e) {
            throw e;
        } catch (IOException e) {
            throw PdfException.broken(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            // Casts and indexes that a broken document leads astray.
            throw PdfException.broken(e.getClass().getSimpleName());
        } catch (StackOverflowError e) {
            throw PdfException.broken("its objects are nested too deep");
        }
    }

    private static String html(PDDocument document, Pages pages, Meter meter) {
        var sheets = pages.sheets();
        var html = new HtmlOfPages(meter, sheets);
        var about = document.getDocumentInformation();
        html.head(about.getTitle(), document.getDocumentCatalog().getLanguage());
        html.meta("author", about.getAuthor());
        html.meta("description", about.getSubject());
        html.meta("keywords", about.getKeywords());
        html.meta("generator", about.getProducer());
        html.meta("date", iso(about.getCreationDate()));
        html.meta("last-modified", iso(about.getModificationDate()));
        html.meta("pages", String.valueOf(sheets.size()));
        return html.body(sheets);
    }

    private static @Nullable String iso(@Nullable Calendar date) {
        return date == null
                ? null
                : DateTimeFormatter.ISO_INSTANT.format(date.toInstant().atOffset(ZoneOffset.UTC));
    }
}
