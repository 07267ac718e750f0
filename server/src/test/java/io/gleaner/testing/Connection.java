package io.gleaner.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.Map;
import java.util.TreeMap;

/** One client's connection: reads requests and lets the site answer them, one after the other. */
final class Connection {

    private static final int LINE_BYTES_MAX = 64 * 1024;
    private static final int HEADERS_MAX = 200;
    private static final int BODY_BYTES_MAX = 16 * 1024 * 1024;
    private static final int OUTPUT_BYTES = 64 * 1024;

    private final Socket socket;
    private final TestSite site;

    Connection(Socket socket, TestSite site) {
        this.socket = socket;
        this.site = site;
    }

    void serve() throws IOException, InterruptedException {
        socket.setTcpNoDelay(true);
        var in = new BufferedInputStream(socket.getInputStream());
        var out = new BufferedOutputStream(socket.getOutputStream(), OUTPUT_BYTES);
        boolean more = true;
        while (more && !socket.isClosed()) {
            String line = readLine(in);
            if (line.isEmpty()) {
                return;
            }
            more = answer(line.split(" ", 3), in, out) && !socket.isClosed();
        }
        if (!socket.isClosed()) {
            out.flush();
            socket.shutdownOutput();
        }
    }

    private boolean answer(String[] requestLine, InputStream in, BufferedOutputStream out)
            throws IOException, InterruptedException {
        Map<String, String> headers = readHeaders(in);
        String body = readBody(in, headers);
        String target = requestLine[1];
        int mark = target.indexOf('?');
        String path = mark < 0 ? target : target.substring(0, mark);
        String query = mark < 0 ? "" : target.substring(mark + 1);
        RecordedRequest request = site.record(requestLine[0], path, query, headers, body);
        var response = new RawResponse(socket, out, request.method().equals("HEAD"));
        try {
            site.routeFor(path).answer(request, response);
        } finally {
            site.answered();
        }
        return response.reusable() && !request.header("Connection").equalsIgnoreCase("close");
    }

    private static Map<String, String> readHeaders(InputStream in) throws IOException {
        var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        for (int i = 0; i < HEADERS_MAX; i++) {
            String line = readLine(in);
            if (line.isEmpty()) {
                return headers;
            }
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw new IOException("not a header: " + line);
            }
            headers.merge(
                    line.substring(0, colon),
                    line.substring(colon + 1).strip(),
                    (first, second) -> first + ", " + second);
        }
        throw new IOException("more than " + HEADERS_MAX + " headers");
    }

    private static String readBody(InputStream in, Map<String, String> headers) throws IOException {
        if (headers.getOrDefault("Transfer-Encoding", "").equalsIgnoreCase("chunked")) {
            return readChunks(in);
        }
        int length = Integer.parseInt(headers.getOrDefault("Content-Length", "0"));
        return new String(in.readNBytes(Math.min(length, BODY_BYTES_MAX)), UTF_8);
    }

    private static String readChunks(InputStream in) throws IOException {
        var body = new ByteArrayOutputStream();
        int size = Integer.parseInt(readLine(in), 16);
        while (size > 0 && body.size() < BODY_BYTES_MAX) {
            body.write(in.readNBytes(size));
            readLine(in);
            size = Integer.parseInt(readLine(in), 16);
        }
        readLine(in);
        return body.toString(UTF_8);
    }

    private static String readLine(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        int b = in.read();
        while (b >= 0 && b != '\n') {
            if (line.size() == LINE_BYTES_MAX) {
                throw new IOException("a line of more than " + LINE_BYTES_MAX + " bytes");
            }
            line.write(b);
            b = in.read();
        }
        return line.toString(ISO_8859_1).stripTrailing();
    }
}
