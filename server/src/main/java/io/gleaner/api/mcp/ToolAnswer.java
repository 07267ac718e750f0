package io.gleaner.api.mcp;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a tool says.
 *
 * @param content blocks of text and pictures
 * @param structured the same for programs, or null
 * @param failed whether it is why there is nothing else
 */
record ToolAnswer(
        List<Map<String, Object>> content,
        @Nullable Map<String, @Nullable Object> structured,
        boolean failed) {

    static ToolAnswer text(String text, Map<String, @Nullable Object> structured) {
        return new ToolAnswer(List.of(Map.of("type", "text", "text", text)), structured, false);
    }

    static ToolAnswer refused(String why) {
        return new ToolAnswer(List.of(Map.of("type", "text", "text", why)), null, true);
    }

    static ToolAnswer picture(String mediaType, byte[] image) {
        String data = Base64.getEncoder().encodeToString(image);
        return new ToolAnswer(
                List.of(Map.of("type", "image", "data", data, "mimeType", mediaType)), null, false);
    }

    Map<String, Object> json() {
        var json = new LinkedHashMap<String, Object>();
        json.put("content", content);
        if (structured != null) {
            json.put("structuredContent", structured);
        }
        json.put("isError", failed);
        return json;
    }
}
