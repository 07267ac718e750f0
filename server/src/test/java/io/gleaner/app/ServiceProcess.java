package io.gleaner.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gleaner.cli.Main;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The real service in a JVM of its own, to be stopped and killed. */
final class ServiceProcess implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    static final String READY = "gleaner is ready: ";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<String> output = new CopyOnWriteArrayList<>();
    private final CompletableFuture<URI> address = new CompletableFuture<>();
    private final Process process;

    private ServiceProcess(Process process) {
        this.process = process;
        Thread.startVirtualThread(this::readOutput);
    }

    /** Starts {@code gleaner serve} on a free port; {@link #awaitReady} waits for it. */
    static ServiceProcess launch(Path data, List<String> jvmFlags, List<String> flags) {
        var folder = new ArrayList<>(List.of("--data", data.toString()));
        folder.addAll(flags);
        return launch(jvmFlags, folder, Map.of());
    }

    /**
     * @param environment {@code GLEANER_*} variables; those of this process do not count
     */
    static ServiceProcess launch(
            List<String> jvmFlags, List<String> flags, Map<String, String> environment) {
        return launch(Main.class, jvmFlags, flags, environment);
    }

    /**
     * @param main the product's, or one that does something to it first
     */
    static ServiceProcess launch(
            Class<?> main,
            List<String> jvmFlags,
            List<String> flags,
            Map<String, String> environment) {
        var command = new ArrayList<String>();
        command.add(ProcessHandle.current().info().command().orElseThrow());
        command.addAll(jvmFlags);
        command.add("-XX:+ExitOnOutOfMemoryError");
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("--sun-misc-unsafe-memory-access=allow");
        // The tests' class path has a logback-test.xml, which would come first.
        command.add("-Dlogback.configurationFile=logback.xml");
        command.add("-cp");
        command.add(
                System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path")));
        command.add(main.getName());
        command.addAll(List.of("serve", "--port", "0"));
        command.add("--allow-private-networks");
        command.addAll(flags);
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("GLEANER_"));
        builder.environment().putAll(environment);
        try {
            return new ServiceProcess(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ServiceProcess awaitReady() throws InterruptedException {
        try {
            address.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            return this;
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("the service did not start: " + output, e);
        }
    }

    /** What it has printed so far, both streams. */
    List<String> output() {
        return output;
    }

    void awaitOutput(String part) {
        await(part)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> output.stream().anyMatch(line -> line.contains(part)));
    }

    /** {@code kill -9}. */
    void kill() {
        process.toHandle().destroyForcibly(); // Process.destroyForcibly would close our end too.
    }

    /** {@code kill}, which is SIGTERM. */
    void terminate() {
        process.toHandle().destroy();
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    int awaitExit() throws InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("the service does not end: " + output);
        }
        return process.exitValue();
    }

    URI uri(String path) {
        return address.join().resolve(path);
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(uri(path)).timeout(PATIENCE);
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    CompletableFuture<HttpResponse<String>> sendAsync(HttpRequest.Builder request) {
        return http.sendAsync(request.build(), BodyHandlers.ofString());
    }

    JsonNode get(String path) throws Exception {
        return json(send(request(path)), 200);
    }

    /** The path of a new job. */
    String submit(String body) throws Exception {
        var request =
                request("/api/jobs")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body));
        return json(send(request), 202).path("links").path("self").asString();
    }

    /** The job once it has ended. */
    JsonNode awaitEnd(String job) throws Exception {
        JsonNode view = get(job);
        for (long deadline = System.nanoTime() + PATIENCE.toNanos();
                view.path("state").asString().equals("running");
                view = get(job + "?wait=5s")) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(view + " is not done; the service said " + output);
            }
        }
        return view;
    }

    /** Every page of a job, as the NDJSON stream gives them. */
    List<JsonNode> pages(String job) throws Exception {
        var request = request(job + "/pages").header("Accept", "application/x-ndjson");
        return send(request).body().lines().map(JSON::readTree).toList();
    }

    /** Every URL of a job exactly once, as content, numbered without a gap. */
    void assertComplete(String job, List<String> urls) throws Exception {
        JsonNode view = awaitEnd(job);
        assertThat(get(job + "/faults").path("faults")).isEmpty();
        assertThat(view.path("state").asString()).isEqualTo("completed");
        assertThat(view.path("total").asInt()).isEqualTo(urls.size());
        assertThat(view.path("done").asInt()).isEqualTo(urls.size());
        assertThat(view.path("pending").asInt()).isZero();
        assertThat(view.path("failed").asInt()).isZero();

        List<JsonNode> pages = pages(job);
        assertThat(pages).extracting(page -> page.path("markdown").asString()).doesNotContain("");
        assertThat(pages)
                .extracting(page -> page.path("url").asString())
                .containsExactlyInAnyOrderElementsOf(urls);
        assertThat(pages)
                .extracting(page -> page.path("seq").asInt())
                .containsExactlyElementsOf(IntStream.rangeClosed(1, urls.size()).boxed().toList());
    }

    static JsonNode json(HttpResponse<String> response, int status) {
        if (response.statusCode() != status) {
            throw new AssertionError(response + ": " + response.body());
        }
        return JSON.readTree(response.body());
    }

    /** Kills it if it still runs; its database may stay behind. */
    @Override
    public void close() {
        kill();
        process.onExit().join();
        http.shutdownNow();
    }

    private void readOutput() {
        try (var reader = process.inputReader(UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                output.add(line);
                int at = line.indexOf(READY);
                if (at >= 0) {
                    // In a log in JSON it is a string, with its slashes escaped.
                    String said = line.substring(at + READY.length()).replace("\\/", "/");
                    address.complete(URI.create(said.split("\"", -1)[0]));
                }
            }
        } catch (IOException e) {
            output.add("(" + e + ")");
        } finally {
            address.completeExceptionally(new AssertionError("it has ended"));
        }
    }
}
