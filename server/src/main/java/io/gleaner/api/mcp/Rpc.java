package io.gleaner.api.mcp;

import io.gleaner.api.wire.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One message of JSON-RPC 2.0.
 *
 * @param id text or number, or null for a notification
 */
record Rpc(@Nullable JsonNode id, String method, JsonNode params) {

    static final int PARSE_ERROR = -32_700;
    static final int INVALID_REQUEST = -32_600;
    static final int METHOD_NOT_FOUND = -32_601;
    static final int INVALID_PARAMS = -32_602;

    /** What is no message that can be answered by its method. */
    static final class Malformed extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final int code;

        Malformed(int code, String message) {
            super(message);
            this.code = code;
        }

        int code() {
            return code;
        }
    }

    static Rpc of(JsonNode message) {
        JsonNode id = message.get("id");
        boolean answerable = id == null || id.isString() || id.isIntegralNumber();
        JsonNode method = message.path("method");
        if (!message.isObject()
                || !message.path("jsonrpc").asString("").equals("2.0")
                || !answerable
                || !method.isString()) {
            throw new Malformed(
                    INVALID_REQUEST,
                    "not a request; accepted: one object with jsonrpc 2.0, a method, and an id that"
                            + " is a text or a whole number");
        }
        return new Rpc(id, method.asString(), message.path("params"));
    }

    static byte[] result(@Nullable JsonNode id, Object result) {
        return bytes(id, "result", result);
    }

    static byte[] error(@Nullable JsonNode id, int code, String message) {
        return bytes(id, "error", Map.of("code", code, "message", message));
    }

    private static byte[] bytes(@Nullable JsonNode id, String name, Object value) {
        var body = new LinkedHashMap<String, @Nullable Object>();
        body.put("jsonrpc", "2.0");
        body.put("id", id);
        body.put(name, value);
        return Json.bytes(body);
    }
}
