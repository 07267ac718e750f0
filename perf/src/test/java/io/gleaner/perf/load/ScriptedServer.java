package io.gleaner.perf.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** A server whose answers a test writes by hand: GETs only, a virtual thread a connection. */
public final class ScriptedServer implements AutoCloseable {

    /** An ordinary answer. */
    public static final String HELLO = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";

    /** Makes the answer to the n-th request of all; empty to close without one. May wait. */
    public interface Script {
        String answer(long n) throws InterruptedException;
    }

    private final ServerSocket listener;
    private final Script script;
    private final AtomicLong requests = new AtomicLong();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private ScriptedServer(ServerSocket listener, Script script) {
        this.listener = listener;
        this.script = script;
    }

    public static ScriptedServer start(Script script) throws IOException {
        var listener = new ServerSocket(0, 1_024, InetAddress.getLoopbackAddress());
        var server = new ScriptedServer(listener, script);
        server.threads.execute(server::accept);
        return server;
    }

    public Target target() {
        return new Target("127.0.0.1", listener.getLocalPort());
    }

    public long requests() {
        return requests.get();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                open.add(socket);
                threads.execute(() -> serve(socket));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
            boolean keepAlive = true;
            while (keepAlive && readHead(in)) {
                String answer = script.answer(requests.getAndIncrement());
                socket.getOutputStream().write(answer.getBytes(ISO_8859_1));
                keepAlive = !answer.isEmpty() && !answer.contains("Connection: close");
            }
        } catch (IOException | InterruptedException e) {
            // The client left, or the test is over.
        }
    }

    private static boolean readHead(BufferedReader in) throws IOException {
        String line = in.readLine();
        while (line != null && !line.isEmpty()) {
            line = in.readLine();
        }
        return line != null;
    }

    @Override
    public void close() throws IOException {
        threads.shutdownNow();
        listener.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
