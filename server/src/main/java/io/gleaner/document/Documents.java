package io.gleaner.document;

import io.gleaner.extract.Extracted;
import io.gleaner.extract.ExtractionException;
import io.gleaner.extract.Extractor;
import io.gleaner.extract.Parsing;
import io.gleaner.feed.FeedReader;
import io.gleaner.job.ContentSpec;
import io.gleaner.job.FaultCode;
import io.gleaner.job.Format;
import io.gleaner.pdf.PdfException;
import io.gleaner.pdf.PdfLimits;
import io.gleaner.pdf.PdfReader;
import io.gleaner.select.Effort;
import io.gleaner.select.OverrunException;
import java.io.StringReader;

/** Makes the parts of a page from a document of any type. Any number of threads may share it. */
public final class Documents {

    /** What a PDF comes to is several times what it takes, for its streams are compressed. */
    private static final int PDF_FACTOR = 8;

    private final Extractor extractor;
    private final PdfReader pdf = new PdfReader(PdfLimits.standard());

    public Documents(Extractor extractor) {
        this.extractor = extractor;
    }

    /** How much more than its size a document takes in memory. */
    public static int growth(String mediaType) {
        return Extractor.parsing(mediaType) == Parsing.PDF ? PDF_FACTOR : 1;
    }

    /**
     * @throws ExtractionException when a limit is met, or the document cannot be read
     * @throws java.util.concurrent.CancellationException when the thread is interrupted
     */
    public Extracted extract(Source source, ContentSpec spec, boolean wantOutlinks, Effort effort) {
        Parsing parsing = Extractor.parsing(source.mediaType());
        return switch (parsing) {
            case HTML, XHTML ->
                    extractor.extract(
                            source.reader().get(),
                            parsing,
                            source.text(),
                            source.url(),
                            spec,
                            wantOutlinks,
                            effort);
            case PDF -> ofPdf(source, spec, wantOutlinks, effort);
            case TEXT, NONE -> ofText(source, spec, wantOutlinks, effort);
        };
    }

    /** There is no raw HTML of a PDF. */
    private Extracted ofPdf(Source source, ContentSpec spec, boolean wantOutlinks, Effort effort) {
        String html;
        try {
            html = pdf.html(source.bytes(), effort);
        } catch (PdfException e) {
            throw new ExtractionException(
                    e.isEncrypted() ? FaultCode.ENCRYPTED_DOCUMENT : FaultCode.EXTRACTION_FAILED,
                    String.valueOf(e.getMessage()));
        } catch (OverrunException e) {
            throw new ExtractionException(
                    FaultCode.EXTRACTION_FAILED, String.valueOf(e.getMessage()));
        }
        return ofHtml(html, source, spec.whole().without(Format.RAW_HTML), wantOutlinks, effort);
    }

    private Extracted ofText(Source source, ContentSpec spec, boolean wantOutlinks, Effort effort) {
        String text = source.text().get();
        try {
            var feed = FeedReader.html(text, source.mediaType(), effort);
            return feed.isPresent()
                    ? ofHtml(feed.get(), source, spec.whole(), wantOutlinks, effort)
                    : extractor.extractText(text, source.mediaType(), source.url(), spec);
        } catch (OverrunException e) {
            throw new ExtractionException(
                    FaultCode.EXTRACTION_FAILED, String.valueOf(e.getMessage()));
        }
    }

    private Extracted ofHtml(
            String html, Source source, ContentSpec spec, boolean wantOutlinks, Effort effort) {
        return extractor.extract(
                new StringReader(html),
                Parsing.HTML,
                source.text(),
                source.url(),
                spec,
                wantOutlinks,
                effort);
    }
}
