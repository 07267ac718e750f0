package io.gleaner.cli.option;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gleaner.cli.console.CommandFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks a running server over HTTP. */
public final class ServerClient {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int PART_BYTES = 64 << 10;
    private static final int ERRORS_FROM = 400;
    private static final int SERVER_ERRORS_FROM = 500;

    private final String server;
    private final @Nullable String key;

    /**
     * @param key for a server that asks for one
     */
    public ServerClient(URI server, @Nullable String key) {
        this.key = key;
        String text = server.toString();
        this.server = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    /** The answer's JSON, as sent. */
    public String get(String path) throws InterruptedException {
        return send(request(path).GET().build());
    }

    /** Whatever is at a path, from a server that takes its time. */
    public byte[] download(String path, Duration longest) throws InterruptedException {
        return sendForBytes(request(path).timeout(longest.plus(TIMEOUT)).GET().build());
    }

    /**
     * Writes whatever is at a path to a file, however long it takes.
     *
     * @throws IOException when the file cannot be written; an answer that breaks off is a {@link
     *     CommandFailure}
     */
    public void save(String path, Path file) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(server + path)).header("Accept", "*/*").GET();
        if (key != null) {
            request.header("Authorization", "Bearer " + key);
        }
        try (var client = client();
                InputStream body = body(client, request.build());
                OutputStream out = Files.newOutputStream(file)) {
            for (byte[] part = next(body); part.length > 0; part = next(body)) {
                out.write(part);
            }
        }
    }

    private InputStream body(HttpClient client, HttpRequest request) throws InterruptedException {
        try {
            HttpResponse<InputStream> response =
                    client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            if (response.statusCode() >= ERRORS_FROM) {
                try (InputStream body = response.body()) {
                    throw refused(response.statusCode(), body.readAllBytes());
                }
            }
            return response.body();
        } catch (IOException e) {
            throw noAnswer(e);
        }
    }

    private static byte[] next(InputStream body) {
        try {
            return body.readNBytes(PART_BYTES);
        } catch (IOException e) {
            throw CommandFailure.unavailable(
                    "the server broke off (%s); the same command begins anew".formatted(reason(e)));
        }
    }

    /** The answer's JSON, as sent. */
    public String post(String path, String json) throws InterruptedException {
        return send(
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(json))
                        .build());
    }

    /** The answer's JSON, as sent, from a server that takes its time; may be empty. */
    public String post(String path, String json, Duration longest) throws InterruptedException {
        return send(
                request(path)
                        .timeout(longest)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(json))
                        .build());
    }

    /** The answer's JSON, as sent; may be empty. */
    public String delete(String path) throws InterruptedException {
        return send(request(path).DELETE().build());
    }

    /** The answer, read. */
    public static JsonNode json(String answer) {
        try {
            return JsonMapper.shared().readTree(answer);
        } catch (JacksonException e) {
            throw CommandFailure.unavailable("the answer is not gleaner's; is --server right?");
        }
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(server + path))
                        .timeout(TIMEOUT)
                        .header("Accept", "application/json");
        return key == null ? request : request.header("Authorization", "Bearer " + key);
    }

    private String send(HttpRequest request) throws InterruptedException {
        return new String(sendForBytes(request), UTF_8);
    }

    private byte[] sendForBytes(HttpRequest request) throws InterruptedException {
        try (var client = client()) {
            HttpResponse<byte[]> response =
                    client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            if (response.statusCode() >= ERRORS_FROM) {
                throw refused(response.statusCode(), response.body());
            }
            return response.body();
        } catch (IOException e) {
            throw noAnswer(e);
        }
    }

    private static HttpClient client() {
        return HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build();
    }

    private CommandFailure noAnswer(IOException e) {
        return CommandFailure.unavailable(
                "no server answers at %s (%s); start one with 'gleaner serve', or name it with --server"
                        .formatted(server, reason(e)));
    }

    private static CommandFailure refused(int status, byte[] body) {
        String message =
                "the server answers %d: %s".formatted(status, problem(new String(body, UTF_8)));
        return status >= SERVER_ERRORS_FROM
                ? CommandFailure.unavailable(message)
                : CommandFailure.usage(message);
    }

    // RFC 9457: detail says more than title, and either may be missing.
    private static String problem(String body) {
        try {
            JsonNode problem = JsonMapper.shared().readTree(body);
            String detail = problem.path("detail").asString("");
            return detail.isEmpty() ? problem.path("title").asString(body.strip()) : detail;
        } catch (JacksonException e) {
            return body.strip();
        }
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? "connection refused" : e.getMessage();
    }
}
