package io.gleaner.api.mcp;

import static io.gleaner.access.Scope.READ;

import io.gleaner.api.guard.Caller;
import io.gleaner.api.port.ApiConfig;
import io.gleaner.api.wire.Json;
import io.gleaner.api.wire.Problem;
import io.gleaner.api.wire.ProblemException;
import io.gleaner.api.wire.QueryParams;
import io.gleaner.api.wire.RequestBody;
import io.gleaner.api.wire.Route;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** {@code POST /mcp}: one message of the Model Context Protocol, and its answer as JSON. */
public final class McpHandler implements Handler {

    private static final String NEWEST = "2025-11-25";
    private static final List<String> VERSIONS =
            List.of(NEWEST, "2025-06-18", "2025-03-26", "2024-11-05");
    private static final String INSTRUCTIONS =
            "Reads the web politely. scrape answers one page as Markdown; map lists the URLs of a"
                    + " site; crawl begins a job, whose pages crawl_pages answers piece by piece.";

    private final ApiConfig config;
    private final Tools tools;
    private final JsonNode described = resource("/mcp/tools.json");

    public McpHandler(ApiConfig config, Tools tools) {
        this.config = config;
        this.tools = tools;
    }

    /** The one path of it; what needs more than to read asks for that itself. */
    public Route route() {
        return new Route(Method.POST, "/mcp", READ, this);
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) throws InterruptedException {
        QueryParams.of(request);
        JsonNode id = null;
        try {
            Rpc message = Rpc.of(read(request));
            id = message.id();
            if (id == null) {
                response.status(Status.ACCEPTED_202).send(); // A notification; none matters here.
                return;
            }
            Json.send(response, Rpc.result(id, answer(Caller.of(request), message)));
        } catch (Rpc.Malformed e) {
            Json.send(response, Rpc.error(id, e.code(), String.valueOf(e.getMessage())));
        }
    }

    private JsonNode read(ServerRequest request) {
        try (var body = RequestBody.openJson(request, config.bodyMaxBytes())) {
            return Json.tree(body);
        } catch (JacksonException e) {
            throw new Rpc.Malformed(
                    Rpc.PARSE_ERROR,
                    "not JSON: " + Problem.shorten(String.valueOf(e.getOriginalMessage())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Object answer(Caller caller, Rpc message) throws InterruptedException {
        return switch (message.method()) {
            case "initialize" -> initialize(message.params());
            case "ping" -> Map.of();
            case "tools/list" -> Map.of("tools", described);
            case "tools/call" -> call(caller, message.params());
            default ->
                    throw new Rpc.Malformed(
                            Rpc.METHOD_NOT_FOUND,
                            "%s is not served; accepted: initialize, ping, tools/list, tools/call"
                                    .formatted(Problem.shorten(message.method())));
        };
    }

    private static Object initialize(JsonNode params) {
        String asked = params.path("protocolVersion").asString("");
        var result = new LinkedHashMap<String, Object>();
        result.put("protocolVersion", VERSIONS.contains(asked) ? asked : NEWEST);
        result.put("capabilities", Map.of("tools", Map.of()));
        result.put("serverInfo", Map.of("name", "gleaner", "version", version()));
        result.put("instructions", INSTRUCTIONS);
        return result;
    }

    private Object call(Caller caller, JsonNode params) throws InterruptedException {
        String name = params.path("name").asString("");
        JsonNode arguments = params.path("arguments");
        try {
            return tools.call(caller, name, arguments.isMissingNode() ? Map.of() : arguments)
                    .json();
        } catch (ProblemException e) {
            return ToolAnswer.refused(e.problem().detail()).json();
        }
    }

    private static String version() {
        return Objects.requireNonNullElse(
                McpHandler.class.getPackage().getImplementationVersion(), "0");
    }

    private static JsonNode resource(String name) {
        try (var in = McpHandler.class.getResourceAsStream(name)) {
            return Json.tree(Objects.requireNonNull(in, name));
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }
}
