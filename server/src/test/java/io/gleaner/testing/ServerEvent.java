package io.gleaner.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A server-sent event, read as the WHATWG says. */
public record ServerEvent(String id, String name, String data) {

    public JsonNode json() {
        return JsonMapper.shared().readTree(data);
    }

    public static List<ServerEvent> parse(String body) throws IOException {
        List<ServerEvent> events = new ArrayList<>();
        read(new BufferedReader(new StringReader(body)), events::add);
        return events;
    }

    /** Until the stream ends. */
    public static @Nullable Void read(InputStream body, Consumer<ServerEvent> each)
            throws IOException {
        read(new BufferedReader(new InputStreamReader(body, UTF_8)), each);
        return null;
    }

    private static void read(BufferedReader lines, Consumer<ServerEvent> each) throws IOException {
        String id = "";
        String name = "";
        String data = "";
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.isEmpty()) {
                if (!data.isEmpty()) {
                    each.accept(new ServerEvent(id, name, data));
                }
                name = "";
                data = "";
            } else if (line.startsWith("id: ")) {
                id = line.substring(4);
            } else if (line.startsWith("event: ")) {
                name = line.substring(7);
            } else if (line.startsWith("data: ")) {
                data = line.substring(6);
            }
        }
    }
}
