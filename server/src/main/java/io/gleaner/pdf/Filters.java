package io.gleaner.pdf;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.Set;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.filter.DecodeResult;
import org.apache.pdfbox.filter.Filter;
import org.apache.pdfbox.filter.FilterFactory;

/**
 * Puts a meter behind every filter of PDFBox, which itself decodes whole streams into memory
 * without a limit, and turns those of pictures off.
 */
final class Filters {

    private static final Set<COSName> PICTURES =
            Set.of(
                    COSName.DCT_DECODE,
                    COSName.DCT_DECODE_ABBREVIATION,
                    COSName.CCITTFAX_DECODE,
                    COSName.CCITTFAX_DECODE_ABBREVIATION,
                    COSName.JBIG2_DECODE,
                    COSName.JPX_DECODE);

    private Filters() {}

    /** To be called before the first document is read. */
    static void meter() {
        try {
            // PDFBox offers no way to bound what it decodes. Should the field go, this fails at
            // once.
            var field = FilterFactory.class.getDeclaredField("filters");
            field.setAccessible(true);
            @SuppressWarnings("unchecked")
            var filters = (Map<COSName, Filter>) field.get(FilterFactory.INSTANCE);
            filters.replaceAll(
                    (name, filter) ->
                            PICTURES.contains(name) ? new NoPicture() : new Metered(filter));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("this PDFBox keeps its filters elsewhere", e);
        }
    }

    /** A filter whose output is paid for. */
    private static final class Metered extends Filter {
        private final Filter filter;

        Metered(Filter filter) {
            this.filter = filter;
        }

        @Override
        public DecodeResult decode(
                InputStream encoded, OutputStream decoded, COSDictionary parameters, int index)
                throws IOException {
            boolean isObjects = COSName.OBJ_STM.equals(parameters.getCOSName(COSName.TYPE));
            return filter.decode(encoded, new Counted(decoded, isObjects), parameters, index);
        }

        @Override
        protected void encode(InputStream input, OutputStream encoded, COSDictionary parameters) {
            throw new UnsupportedOperationException("nothing is written");
        }
    }

    /** Pictures have no text. */
    private static final class NoPicture extends Filter {

        @Override
        public DecodeResult decode(
                InputStream encoded, OutputStream decoded, COSDictionary parameters, int index) {
            return DecodeResult.createDefault();
        }

        @Override
        protected void encode(InputStream input, OutputStream encoded, COSDictionary parameters) {
            throw new UnsupportedOperationException("nothing is written");
        }
    }

    private static final class Counted extends FilterOutputStream {
        private final Meter meter = Meter.CURRENT.get();
        private final boolean isObjects;
        private long count;

        Counted(OutputStream out, boolean isObjects) {
            super(out);
            this.isObjects = isObjects;
        }

        @Override
        public void write(int b) throws IOException {
            pay(1);
            out.write(b);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            pay(length);
            out.write(bytes, offset, length);
        }

        private void pay(int length) {
            count += length;
            meter.decoded(length, count, isObjects);
        }
    }
}
