package io.gleaner.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gleaner.app.Gleaner;
import io.gleaner.app.Settings;
import io.gleaner.cli.console.CommandFailure;
import io.gleaner.cli.console.ExitCodes;
import io.gleaner.cli.console.Streams;
import io.gleaner.cli.option.ServerAddress;
import io.gleaner.cli.option.ServerClient;
import io.gleaner.cli.option.ServiceOptions;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code gleaner mcp}: the Model Context Protocol on stdin and stdout, one message a line, each
 * passed on to a server's {@code /mcp}.
 */
@Command(
        name = "mcp",
        sortOptions = false,
        description = {
            "Serve an assistant on stdin and stdout (Model Context Protocol). Uses the server that"
                    + " --server or GLEANER_SERVER names, or else the one on this machine; where"
                    + " none answers it starts one for as long as the assistant stays."
        },
        footer = {"", "Example, as an assistant's configuration has it:", "  gleaner mcp"})
final class McpCommand implements Callable<Integer> {

    private static final int LINE_MAX_BYTES = 4 << 20;
    private static final int CALLS_MAX = 16;
    private static final Duration ANSWER_MAX = Duration.ofMinutes(6);
    private static final int INTERNAL_ERROR = -32_603;

    @Mixin private final ServerAddress server = new ServerAddress();
    @Mixin private final ServiceOptions service = new ServiceOptions();

    private final Streams streams;
    private final InputStream in;
    private final Map<String, String> environment;

    McpCommand(Streams streams, InputStream in, Map<String, String> environment) {
        this.streams = streams;
        this.in = in;
        this.environment = environment;
    }

    @Override
    public Integer call() throws InterruptedException {
        ServerClient named = server.client(environment);
        if (server.isNamed(environment) || answers(named)) {
            relay(named);
            return ExitCodes.OK;
        }
        Settings settings =
                service.settings(environment)
                        .with(
                                draft -> {
                                    draft.http = true;
                                    draft.port = 0;
                                });
        try (Gleaner gleaner = Gleaner.start(settings, streams::endFor)) {
            streams.say("no server answered, so one runs here while the assistant stays");
            relay(server.client(environment, URI.create("http://127.0.0.1:" + gleaner.port())));
        }
        return ExitCodes.OK;
    }

    private static boolean answers(ServerClient client) throws InterruptedException {
        try {
            client.get("/health/live");
            return true;
        } catch (CommandFailure e) {
            return false;
        }
    }

    /** Until stdin ends. Answers come as they are ready, in any order: they have ids. */
    private void relay(ServerClient client) throws InterruptedException {
        var calls = new Semaphore(CALLS_MAX);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                var lines = new BufferedInputStream(in)) {
            for (String line = next(lines); line != null; line = next(lines)) {
                if (line.isBlank()) {
                    continue;
                }
                String message = line;
                calls.acquire();
                threads.execute(
                        () -> {
                            try {
                                pass(client, message);
                            } finally {
                                calls.release();
                            }
                        });
            }
        } catch (IOException e) {
            throw CommandFailure.unavailable("stdin cannot be read: " + e.getMessage());
        }
    }

    private void pass(ServerClient client, String message) {
        try {
            String answer = client.post("/mcp", message, ANSWER_MAX);
            if (!answer.isBlank()) {
                streams.announce(answer);
            }
        } catch (CommandFailure e) {
            JsonNode id = id(message);
            if (id != null) {
                streams.announce(error(id, String.valueOf(e.getMessage())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static @Nullable JsonNode id(String message) {
        try {
            return JsonMapper.shared().readTree(message).get("id");
        } catch (JacksonException e) {
            return null;
        }
    }

    private static String error(JsonNode id, String why) {
        return JsonMapper.shared()
                .writeValueAsString(
                        Map.of(
                                "jsonrpc",
                                "2.0",
                                "id",
                                id,
                                "error",
                                Map.of("code", INTERNAL_ERROR, "message", why)));
    }

    private static @Nullable String next(InputStream lines) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int next = lines.read(); next != '\n'; next = lines.read()) {
            if (next < 0) {
                return line.size() == 0 ? null : line.toString(UTF_8);
            }
            if (line.size() == LINE_MAX_BYTES) {
                throw CommandFailure.usage(
                        "a message is longer; accepted: at most " + LINE_MAX_BYTES + " bytes");
            }
            line.write(next);
        }
        return line.toString(UTF_8);
    }
}
