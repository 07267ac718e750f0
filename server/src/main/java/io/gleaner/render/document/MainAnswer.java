package io.gleaner.render.document;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The head of an answer to the request for the main document.
 *
 * @param headers names in lower case
 */
public record MainAnswer(URI url, int status, Map<String, List<String>> headers) {

    static MainAnswer of(URI url, JsonNode paused) {
        var headers = new TreeMap<String, List<String>>();
        for (JsonNode header : paused.path("responseHeaders")) {
            headers.computeIfAbsent(
                            header.path("name").asString("").toLowerCase(Locale.ROOT),
                            _ -> new ArrayList<>())
                    .add(header.path("value").asString(""));
        }
        headers.remove("connection"); // Our own proxy's word.
        return new MainAnswer(url, paused.path("responseStatusCode").asInt(0), headers);
    }

    boolean isRedirect() {
        return status >= 300 && status < 400 && status != 304 && first("location") != null;
    }

    /** Without parameters, in lower case; "" when there is none. */
    public String mediaType() {
        String type = first("content-type");
        if (type == null) {
            return "";
        }
        int end = type.indexOf(';');
        return (end < 0 ? type : type.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }

    /** Whether a browser makes a document of it that scripts work on. */
    boolean isDocument() {
        String type = mediaType();
        String disposition = first("content-disposition");
        boolean saved =
                disposition != null
                        && disposition.strip().toLowerCase(Locale.ROOT).startsWith("attachment");
        return !saved
                && (type.isEmpty()
                        || type.equals("text/html")
                        || type.equals("application/xhtml+xml"));
    }

    @Nullable String first(String name) {
        List<String> values = headers.get(name);
        return values == null ? null : values.getFirst();
    }
}
