package io.gleaner.export;

import io.gleaner.store.StoredPage;
import java.io.ByteArrayOutputStream;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/** One page as one line of JSON: what the HTTP API streams, so that one reader reads both. */
public final class PageLine {

    private static final JsonMapper JSON = JsonMapper.shared();

    private PageLine() {}

    /** UTF-8, ends in a newline. */
    public static byte[] of(StoredPage page) {
        var line = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(line)) {
            new PageJson(json).write(page);
        }
        line.write('\n');
        return line.toByteArray();
    }
}
