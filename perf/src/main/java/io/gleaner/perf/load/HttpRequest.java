package io.gleaner.perf.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

/** The bytes of requests. */
public final class HttpRequest {

    private HttpRequest() {}

    /**
     * @param headers whole lines, each ended by CRLF; may be empty
     */
    public static byte[] get(String path, String headers) {
        return ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n")
                .getBytes(ISO_8859_1);
    }

    public static byte[] delete(String path) {
        return ("DELETE " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n").getBytes(ISO_8859_1);
    }

    /** A POST of JSON. */
    public static byte[] post(String path, String json) {
        return post(path, "", json);
    }

    /**
     * A POST of JSON.
     *
     * @param headers whole lines, each ended by CRLF; may be empty
     */
    public static byte[] post(String path, String headers, String json) {
        byte[] body = json.getBytes(UTF_8);
        byte[] head =
                ("POST "
                                + path
                                + " HTTP/1.1\r\n"
                                + "Host: localhost\r\n"
                                + "Content-Type: application/json\r\n"
                                + headers
                                + "Content-Length: "
                                + body.length
                                + "\r\n\r\n")
                        .getBytes(ISO_8859_1);
        byte[] request = new byte[head.length + body.length];
        System.arraycopy(head, 0, request, 0, head.length);
        System.arraycopy(body, 0, request, head.length, body.length);
        return request;
    }
}
