package io.gleaner.store;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import io.gleaner.job.rendering.Action;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** How records become columns: JSON, and JSON compressed with Zstandard. */
final class Json {

    private static final JsonMapper MAPPER =
            JsonMapper.builder().addMixIn(Action.class, Tagged.class).build();
    private static final int ZSTD_LEVEL = 1;

    /** As many as were in use at once. To make one costs a third of what a small page takes. */
    private static final Queue<ZstdCompressCtx> COMPRESSORS = new ConcurrentLinkedQueue<>();

    private Json() {}

    /** Says which kind of action it is. The names are in the database: they stay. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Action.Wait.class, name = "wait"),
        @JsonSubTypes.Type(value = Action.WaitFor.class, name = "waitFor"),
        @JsonSubTypes.Type(value = Action.Click.class, name = "click"),
        @JsonSubTypes.Type(value = Action.Write.class, name = "write"),
        @JsonSubTypes.Type(value = Action.Press.class, name = "press"),
        @JsonSubTypes.Type(value = Action.Scroll.class, name = "scroll"),
        @JsonSubTypes.Type(value = Action.Screenshot.class, name = "screenshot"),
        @JsonSubTypes.Type(value = Action.Scrape.class, name = "scrape"),
        @JsonSubTypes.Type(value = Action.ExecuteJavascript.class, name = "executeJavascript"),
        @JsonSubTypes.Type(value = Action.Pdf.class, name = "pdf"),
    })
    private interface Tagged {}

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
