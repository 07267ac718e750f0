package io.gleaner.store;

import com.github.luben.zstd.Zstd;
import tools.jackson.databind.json.JsonMapper;

/** How records become columns: JSON, and JSON compressed with Zstandard. */
final class Json {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final int ZSTD_LEVEL = 1;

    private Json() {}

    static String write(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    static <T> T read(String json, Class<T> type) {
        return MAPPER.readValue(json, type);
    }

    static byte[] compress(Object value) {
        return Zstd.compress(MAPPER.writeValueAsBytes(value), ZSTD_LEVEL);
    }

    static <T> T decompress(byte[] compressed, Class<T> type) {
        long size = Zstd.getFrameContentSize(compressed);
        return MAPPER.readValue(Zstd.decompress(compressed, Math.toIntExact(size)), type);
    }
}
