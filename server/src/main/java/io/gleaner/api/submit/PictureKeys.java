package io.gleaner.api.submit;

import io.gleaner.api.port.UrlRules;
import io.gleaner.api.wire.BodyReader;
import io.gleaner.job.ContentSpec;
import io.gleaner.job.rendering.ImageType;
import io.gleaner.job.rendering.PaperFormat;
import io.gleaner.job.rendering.PdfSpec;
import io.gleaner.job.rendering.ScreenshotSpec;
import io.gleaner.job.rendering.Viewport;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads what pictures and PDFs are to be like. */
final class PictureKeys {

    private static final Map<String, ImageType> TYPES =
            byName(ImageType.values(), ImageType::wireName);
    private static final Map<String, PaperFormat> PAPERS =
            byName(PaperFormat.values(), PaperFormat::wireName);

    private final BodyReader body;
    private final UrlRules rules;

    PictureKeys(BodyReader body, UrlRules rules) {
        this.body = body;
        this.rules = rules;
    }

    ScreenshotSpec screenshot(String path) {
        Draft draft = draft();
        var selector = new String[1];
        var keys = new LinkedHashMap<String, BodyReader.Value>();
        keys.put("fullPage", draft::readFullPage);
        keys.put("selector", at -> selector[0] = selector(at));
        keys.put("type", draft::readFormat);
        keys.put("quality", draft::readQuality);
        keys.put("viewport", draft::readViewport);
        body.object(path, keys);
        var spec = new ScreenshotSpec[1];
        OptionKeys.check(path, () -> spec[0] = draft.screenshot(selector[0]));
        return spec[0];
    }

    /** True for the usual one, or an object. */
    @Nullable PdfSpec pdf(String path) {
        if (!body.isObject()) {
            return body.bool(path) ? PdfSpec.standard() : null;
        }
        Draft draft = draft();
        var keys = new LinkedHashMap<String, BodyReader.Value>();
        keys.put("format", draft::readFormat);
        keys.put("landscape", draft::readLandscape);
        keys.put("scale", draft::readScale);
        keys.put("printBackground", draft::readPrintBackground);
        body.object(path, keys);
        return draft.pdf();
    }

    Viewport viewport(String path) {
        var sides = new int[2];
        var keys = new LinkedHashMap<String, BodyReader.Value>();
        keys.put("width", at -> sides[0] = body.integer(at, Viewport.SIDE_MIN, Viewport.SIDE_MAX));
        keys.put("height", at -> sides[1] = body.integer(at, Viewport.SIDE_MIN, Viewport.SIDE_MAX));
        body.object(path, keys);
        for (int i = 0; i < sides.length; i++) {
            if (sides[i] == 0) {
                throw BodyReader.refuse(
                        path + (i == 0 ? ".width" : ".height"), "missing", "a whole number");
            }
        }
        return new Viewport(sides[0], sides[1]);
    }

    /** A selector for the browser, as far as it can be checked here. */
    String selector(String path) {
        String read = body.string(path, OptionKeys.EXPRESSION_LENGTH_MAX);
        OptionKeys.check(
                path,
                () ->
                        rules.checkContent(
                                new ContentSpec(
                                        Set.of(), Map.of(), true, List.of(read), List.of())));
        return read;
    }

    /** Nothing said yet. */
    Draft draft() {
        return new Draft();
    }

    static <T> Map<String, T> byName(T[] values, Function<T, String> name) {
        var byName = new LinkedHashMap<String, T>();
        Arrays.stream(values).forEach(value -> byName.put(name.apply(value), value));
        return byName;
    }

    /**
     * What has been read of one. A {@code format} is of a picture or of paper: that is seen later.
     */
    final class Draft {

        private boolean fullPage;
        private String formatPath = "format";
        private @Nullable String format;
        private int quality = ScreenshotSpec.QUALITY_DEFAULT;
        private @Nullable Viewport viewport;
        private boolean landscape;
        private double scale = 1;
        private boolean printBackground;

        /** The keys of both. */
        SequencedMap<String, BodyReader.Value> keys() {
            var keys = new LinkedHashMap<String, BodyReader.Value>();
            keys.put("fullPage", this::readFullPage);
            keys.put("format", this::readFormat);
            keys.put("quality", this::readQuality);
            keys.put("viewport", this::readViewport);
            keys.put("landscape", this::readLandscape);
            keys.put("scale", this::readScale);
            keys.put("printBackground", this::readPrintBackground);
            return keys;
        }

        void readFullPage(String at) {
            fullPage = body.bool(at);
        }

        void readFormat(String at) {
            formatPath = at;
            format = body.string(at, OptionKeys.EXPRESSION_LENGTH_MAX);
        }

        void readQuality(String at) {
            quality = body.integer(at, 1, 100);
        }

        void readViewport(String at) {
            viewport = PictureKeys.this.viewport(at);
        }

        void readLandscape(String at) {
            landscape = body.bool(at);
        }

        void readScale(String at) {
            scale = body.decimal(at, PdfSpec.SCALE_MIN, PdfSpec.SCALE_MAX);
        }

        void readPrintBackground(String at) {
            printBackground = body.bool(at);
        }

        ScreenshotSpec screenshot(@Nullable String selector) {
            return new ScreenshotSpec(
                    fullPage, selector, chosen(TYPES, ImageType.PNG), quality, viewport);
        }

        PdfSpec pdf() {
            return new PdfSpec(chosen(PAPERS, PaperFormat.A4), landscape, scale, printBackground);
        }

        private <T> T chosen(Map<String, T> formats, T standard) {
            String given = format;
            if (given == null) {
                return standard;
            }
            T chosen = formats.get(given);
            if (chosen == null) {
                throw BodyReader.refuse(formatPath, given, String.join(", ", formats.keySet()));
            }
            return chosen;
        }
    }
}
