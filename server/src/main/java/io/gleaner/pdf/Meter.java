package io.gleaner.pdf;

import io.gleaner.select.Effort;
import io.gleaner.select.OverrunException;

/** Counts what the reading of one document costs. It is bound to the thread that reads. */
final class Meter {

    /** What PDFBox calls, deep inside, finds its meter here. */
    static final ScopedValue<Meter> CURRENT = ScopedValue.newInstance();

    private final PdfLimits limits;
    private final Effort effort;
    private long decoded;
    private long objects;

    Meter(PdfLimits limits, Effort effort) {
        this.limits = limits;
        this.effort = effort;
        effort.allow(limits.stepsMax());
    }

    Effort effort() {
        return effort;
    }

    /**
     * Pays for bytes that come out of a filter.
     *
     * @param ofStream how many there are of this stream by now
     * @param isObjects whether the stream holds objects, which stay
     */
    void decoded(long count, long ofStream, boolean isObjects) {
        effort.chars(count);
        decoded += count;
        check("decodedMaxBytes", decoded, limits.decodedMaxBytes());
        check("streamMaxBytes", ofStream, limits.streamMaxBytes());
        if (isObjects) {
            objects += count;
            check("objectsMaxBytes", objects, limits.objectsMaxBytes());
        }
    }

    void pages(int count) {
        check("pagesMax", count, limits.pagesMax());
    }

    void glyphs(int ofPage) {
        effort.step();
        check("pageGlyphsMax", ofPage, limits.pageGlyphsMax());
    }

    void html(int chars) {
        check("htmlCharsMax", chars, limits.htmlCharsMax());
    }

    private static void check(String limit, long value, long max) {
        if (value > max) {
            throw new OverrunException(limit, "%,d".formatted(max));
        }
    }
}
