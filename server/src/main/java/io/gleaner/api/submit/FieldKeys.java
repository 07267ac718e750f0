package io.gleaner.api.submit;

import io.gleaner.api.wire.BodyReader;
import io.gleaner.job.FieldSpec;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/** The keys of one entry of {@code fields}. */
final class FieldKeys {

    private final BodyReader body;
    private @Nullable String css;
    private @Nullable String xpath;
    private @Nullable String attribute;
    private boolean all;

    FieldKeys(BodyReader body) {
        this.body = body;
    }

    FieldSpec read(String path) {
        var keys = new LinkedHashMap<String, BodyReader.Value>();
        keys.put("css", at -> css = body.string(at, OptionKeys.EXPRESSION_LENGTH_MAX));
        keys.put("xpath", at -> xpath = body.string(at, OptionKeys.EXPRESSION_LENGTH_MAX));
        keys.put("attribute", at -> attribute = body.string(at, OptionKeys.EXPRESSION_LENGTH_MAX));
        keys.put("all", at -> all = body.bool(at));
        body.object(path, keys);
        if ((css == null) == (xpath == null)) {
            String given = css == null ? "without either" : "with both";
            throw BodyReader.refuse(path, given, "exactly one of css and xpath");
        }
        return new FieldSpec(css, xpath, attribute, all);
    }
}
