package io.gleaner.store;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** How records become columns: JSON, and JSON compressed with Zstandard. */
final class Json {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final int ZSTD_LEVEL = 1;

    /** As many as were in use at once. To make one costs a third of what a small page takes. */
    private static final Queue<ZstdCompressCtx> COMPRESSORS = new ConcurrentLinkedQueue<>();

    private Json() {}

    static String write(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    static <T> T read(String json, Class<T> type) {
        return MAPPER.readValue(json, type);
    }

    static <T> T read(String json, TypeReference<T> type) {
        return MAPPER.readValue(json, type);
    }

    static byte[] compress(Object value) {
        byte[] json = MAPPER.writeValueAsBytes(value);
        ZstdCompressCtx idle = COMPRESSORS.poll();
        ZstdCompressCtx compressor =
                idle == null ? new ZstdCompressCtx().setLevel(ZSTD_LEVEL) : idle;
        byte[] compressed = compressor.compress(json);
        COMPRESSORS.add(compressor);
        return compressed;
    }

    static <T> T decompress(byte[] compressed, Class<T> type) {
        long size = Zstd.getFrameContentSize(compressed);
        return MAPPER.readValue(Zstd.decompress(compressed, Math.toIntExact(size)), type);
    }
}
