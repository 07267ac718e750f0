package io.gleaner.browser;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gleaner.browser.DevToolsException.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The Chrome DevTools Protocol over the two pipes of {@code --remote-debugging-pipe}: JSON messages
 * that each end with a zero byte. Commands have numbers, answers repeat them, and whatever has none
 * is an event.
 */
public final class DevTools implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DevTools.class);

    /** A page of 20 MiB as a JSON string whose every character is escaped. */
    private static final int MESSAGE_BYTES_MAX = 160 << 20;

    private static final int WAITING_MAX = 10_000;
    private static final int BUFFER_BYTES = 64 << 10;

    private static final JsonMapper JSON =
            new JsonMapper(
                    JsonFactory.builder()
                            .streamReadConstraints(
                                    StreamReadConstraints.builder()
                                            .maxStringLength(MESSAGE_BYTES_MAX)
                                            .build())
                            .build());

    private final InputStream in;
    private final OutputStream out;
    private final AtomicInteger lastId = new AtomicInteger();
    private final Map<Integer, Waiting> waiting = new ConcurrentHashMap<>();
    private final Map<String, Session> sessions = new ConcurrentHashMap<>();
    private final BlockingQueue<byte[]> toWrite = new ArrayBlockingQueue<>(WAITING_MAX);
    private final CountDownLatch gone = new CountDownLatch(1);

    private record Waiting(@Nullable String session, CompletableFuture<JsonNode> answer) {}

    /**
     * @param in what the browser says
     * @param out what it is told
     */
    DevTools(InputStream in, OutputStream out) {
        this.in = in;
        this.out = out;
        // Both block in native code for as long as the browser likes.
        Thread.ofPlatform().daemon().name("browser-read").start(this::readAll);
        Thread.ofPlatform().daemon().name("browser-write").start(this::writeAll);
    }

    /** An empty object for the parameters of a command. */
    public static ObjectNode params() {
        return JSON.createObjectNode();
    }

    /** A string as a literal of JavaScript. */
    public static String literal(String text) {
        return JSON.writeValueAsString(text);
    }

    /** Asks the browser itself. */
    public JsonNode call(String method, ObjectNode params, Duration patience)
            throws DevToolsException, InterruptedException {
        return call(null, method, params, patience);
    }

    /** Tells the browser itself, without waiting. */
    public void tellBrowser(String method, ObjectNode params) {
        tell(null, method, params);
    }

    /** Speaks to a target that was attached to under this id; events may come before this. */
    public Session session(String id, Listener listener) {
        var session = new Session(this, id, listener);
        sessions.put(id, session);
        if (isGone()) {
            sessions.remove(id);
            session.end();
        }
        return session;
    }

    /** Whether nothing comes from the browser any more. */
    public boolean isGone() {
        return gone.getCount() == 0;
    }

    /** Waits for the end of the browser, and not for longer than this. */
    boolean awaitGone(Duration patience) throws InterruptedException {
        return gone.await(patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    void leave(Session session) {
        sessions.remove(session.id());
        failWaiting(session.id());
    }

    JsonNode call(@Nullable String session, String method, ObjectNode params, Duration patience)
            throws DevToolsException, InterruptedException {
        int id = lastId.incrementAndGet();
        var answer = new CompletableFuture<JsonNode>();
        waiting.put(id, new Waiting(session, answer));
        try {
            enqueue(id, session, method, params);
            if (isGone()) {
                throw new DevToolsException(Kind.GONE, method + ": the browser is gone");
            }
            return answer.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new DevToolsException(Kind.LATE, method + ": no answer in " + patience);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof DevToolsException refused) {
                throw refused;
            }
            throw new IllegalStateException(e);
        } finally {
            waiting.remove(id);
        }
    }

    /** Asks without waiting. What is not answered is remembered until the session ends. */
    CompletableFuture<JsonNode> ask(String session, String method, ObjectNode params) {
        int id = lastId.incrementAndGet();
        var answer = new CompletableFuture<JsonNode>();
        waiting.put(id, new Waiting(session, answer));
        var _ = answer.whenComplete((_, _) -> waiting.remove(id));
        try {
            enqueue(id, session, method, params);
            if (isGone()) {
                answer.completeExceptionally(
                        new DevToolsException(Kind.GONE, method + ": the browser is gone"));
            }
        } catch (DevToolsException e) {
            answer.completeExceptionally(e);
        }
        return answer;
    }

    /** Tells without waiting; an answer is passed over. */
    void tell(@Nullable String session, String method, ObjectNode params) {
        try {
            enqueue(lastId.incrementAndGet(), session, method, params);
        } catch (DevToolsException e) {
            LOG.debug("not told", e);
        }
    }

    private void enqueue(int id, @Nullable String session, String method, ObjectNode params)
            throws DevToolsException {
        ObjectNode message = params();
        message.put("id", id).put("method", method);
        if (session != null) {
            message.put("sessionId", session);
        }
        message.set("params", params);
        if (!toWrite.offer(JSON.writeValueAsBytes(message))) {
            throw new DevToolsException(Kind.LATE, method + ": the browser takes no commands");
        }
    }

    private void writeAll() {
        try {
            while (!isGone()) {
                byte[] message = toWrite.poll(1, TimeUnit.SECONDS);
                if (message != null) {
                    out.write(message);
                    out.write(0);
                    if (toWrite.isEmpty()) {
                        out.flush();
                    }
                }
            }
        } catch (IOException e) {
            LOG.debug("the browser takes no more", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            close();
        }
    }

    private void readAll() {
        var message = new ByteArrayOutputStream();
        byte[] buffer = new byte[BUFFER_BYTES];
        try {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                message = take(buffer, read, message);
            }
        } catch (IOException e) {
            LOG.debug("the browser says no more", e);
        } finally {
            close();
        }
    }

    private ByteArrayOutputStream take(byte[] buffer, int length, ByteArrayOutputStream begun)
            throws IOException {
        ByteArrayOutputStream message = begun;
        int from = 0;
        for (int i = 0; i < length; i++) {
            if (buffer[i] == 0) {
                message.write(buffer, from, i - from);
                from = i + 1;
                dispatch(message.toByteArray());
                // A large one would keep its memory.
                message = new ByteArrayOutputStream();
            }
        }
        message.write(buffer, from, length - from);
        if (message.size() > MESSAGE_BYTES_MAX) {
            throw new IOException("a message of more than " + MESSAGE_BYTES_MAX + " bytes");
        }
        return message;
    }

    private void dispatch(byte[] bytes) {
        try {
            JsonNode message = JSON.readTree(bytes);
            JsonNode id = message.get("id");
            if (id == null) {
                event(message);
            } else {
                answer(id.asInt(), message);
            }
        } catch (JacksonException e) {
            LOG.warn("the browser said what is no JSON: {}", abbreviated(bytes));
        } catch (RuntimeException e) {
            LOG.error("a bug met what the browser said: {}", abbreviated(bytes), e);
        }
    }

    private void answer(int id, JsonNode message) {
        Waiting call = waiting.remove(id);
        if (call == null) {
            return;
        }
        JsonNode error = message.get("error");
        if (error == null) {
            call.answer().complete(message.path("result"));
        } else {
            call.answer()
                    .completeExceptionally(
                            new DevToolsException(
                                    Kind.REFUSED, error.path("message").asString("refused")));
        }
    }

    private void event(JsonNode message) {
        String method = message.path("method").asString("");
        if (method.equals("Target.detachedFromTarget")) {
            end(message.path("params").path("sessionId").asString(""));
            return;
        }
        Session session = sessions.get(message.path("sessionId").asString(""));
        if (session != null) {
            session.heard(new Event(method, message.path("params")));
        }
    }

    /** Whoever waits for a page that is no more is told so. */
    private void end(String sessionId) {
        Session session = sessions.remove(sessionId);
        if (session == null) {
            return;
        }
        session.end();
        failWaiting(sessionId);
    }

    private void failWaiting(String sessionId) {
        waiting.values()
                .forEach(
                        call -> {
                            if (sessionId.equals(call.session())) {
                                call.answer()
                                        .completeExceptionally(
                                                new DevToolsException(
                                                        Kind.GONE, "the page is gone"));
                            }
                        });
    }

    /** Ends everything that waits. The process is its owner's business. */
    @Override
    public void close() {
        gone.countDown();
        sessions.values().forEach(Session::end);
        sessions.clear();
        waiting.values()
                .forEach(
                        call ->
                                call.answer()
                                        .completeExceptionally(
                                                new DevToolsException(
                                                        Kind.GONE, "the browser is gone")));
    }

    private static String abbreviated(byte[] bytes) {
        return new String(bytes, 0, Math.min(bytes.length, 200), UTF_8);
    }
}
