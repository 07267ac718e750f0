package io.gleaner.api.wire;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerResponse;
import java.io.InputStream;
import java.io.OutputStream;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/** The one JSON dialect of the API: strict and bounded in, declared order out. */
public final class Json {

    public static final String MEDIA_TYPE = "application/json";

    /** One JSON value a line. */
    public static final String LINES_TYPE = "application/x-ndjson";

    private static final int DEPTH_MAX = 20;
    private static final int STRING_MAX = 64 << 10;
    private static final int NAME_MAX = 1 << 10;
    private static final int NUMBER_MAX = 40;

    /** What is accepted, for people. */
    static final String BOUNDS =
            "at most %d levels, strings of %d, names of %d and numbers of %d characters"
                    .formatted(DEPTH_MAX, STRING_MAX, NAME_MAX, NUMBER_MAX);

    private static final JsonMapper MAPPER =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(DEPTH_MAX)
                                                    .maxStringLength(STRING_MAX)
                                                    .maxNameLength(NAME_MAX)
                                                    .maxNumberLength(NUMBER_MAX)
                                                    .build())
                                    .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
                    .disable(StreamWriteFeature.AUTO_CLOSE_CONTENT)
                    .disable(StreamWriteFeature.FLUSH_PASSED_TO_STREAM)
                    .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                    .build();

    private Json() {}

    static JsonParser parser(InputStream in) {
        return MAPPER.createParser(in);
    }

    /** One JSON value as a tree, for what is small and read in any order. */
    public static JsonNode tree(InputStream in) {
        return MAPPER.readTree(in);
    }

    /** Does not close or flush {@code out}, whatever happens. */
    public static JsonGenerator generator(OutputStream out) {
        return MAPPER.createGenerator(out);
    }

    public static byte[] bytes(Object view) {
        return MAPPER.writeValueAsBytes(view);
    }

    public static void send(ServerResponse response, Object view) {
        send(response, bytes(view));
    }

    public static void send(ServerResponse response, byte[] json) {
        response.header(HeaderNames.CONTENT_TYPE, MEDIA_TYPE).send(json);
    }
}
