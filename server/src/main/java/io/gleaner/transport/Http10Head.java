package io.gleaner.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The head of a request of HTTP/1.0, told again as one of HTTP/1.1 (RFC 9112). Refuses what two
 * readers could take for two different things: then no request can be hidden in another's body.
 *
 * @param keepAlive whether the client asks to use the connection again
 * @param bodyLength as its Content-Length says, and zero without one
 */
record Http10Head(String requestLine, List<Field> fields, boolean keepAlive, long bodyLength) {

    record Field(String name, String value) {
        boolean is(String other) {
            return name.equalsIgnoreCase(other);
        }
    }

    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
    private static final Pattern REQUEST_LINE =
            Pattern.compile("(" + TOKEN + " [!-~]+) HTTP/1\\.0");
    private static final Pattern FIELD = Pattern.compile("(" + TOKEN + "):[ \t]*(.*?)[ \t]*");
    private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x08\\x0a-\\x1f\\x7f]");
    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");

    /** About this connection or about what HTTP/1.0 does not have (RFC 9110, 7.6.1 and 10.1.1). */
    private static final Set<String> DROPPED =
            Set.of("connection", "keep-alive", "proxy-connection", "expect", "te", "upgrade");

    /**
     * @param head to and without the empty line
     */
    static Http10Head read(byte[] head) {
        String[] lines = new String(head, ISO_8859_1).split("\r\n", -1);
        Matcher requestLine = REQUEST_LINE.matcher(lines[0]);
        if (!requestLine.matches()) {
            throw Refusals.version();
        }
        var fields = new ArrayList<Field>();
        for (int i = 1; i < lines.length; i++) {
            fields.add(field(lines[i]));
        }
        if (fields.stream().anyMatch(field -> field.is("Transfer-Encoding"))) {
            throw Refusals.badRequest("HTTP/1.0 has no Transfer-Encoding");
        }
        return new Http10Head(
                requestLine.group(1),
                List.copyOf(fields),
                asksToKeepAlive(fields),
                bodyLength(fields));
    }

    /**
     * @param host for a request that names none
     */
    byte[] asHttp11(String host) {
        var head = new StringBuilder(requestLine).append(" HTTP/1.1\r\n");
        if (fields.stream().noneMatch(field -> field.is("Host"))) {
            head.append("Host: ").append(host).append("\r\n");
        }
        for (Field field : fields) {
            if (!DROPPED.contains(field.name().toLowerCase(Locale.ROOT))) {
                head.append(field.name()).append(": ").append(field.value()).append("\r\n");
            }
        }
        if (!keepAlive) {
            head.append("Connection: close\r\n");
        }
        return head.append("\r\n").toString().getBytes(ISO_8859_1);
    }

    private static Field field(String line) {
        Matcher field = FIELD.matcher(line);
        if (!field.matches() || CONTROL.matcher(line).find()) {
            throw Refusals.badRequest("a line of the head is no header field");
        }
        return new Field(field.group(1), field.group(2));
    }

    private static boolean asksToKeepAlive(List<Field> fields) {
        var options = new ArrayList<String>();
        for (Field field : fields) {
            if (field.is("Connection")) {
                for (String option : field.value().split(",", -1)) {
                    options.add(option.strip().toLowerCase(Locale.ROOT));
                }
            }
        }
        return options.contains("keep-alive") && !options.contains("close");
    }

    private static long bodyLength(List<Field> fields) {
        List<Field> lengths = fields.stream().filter(it -> it.is("Content-Length")).toList();
        if (lengths.isEmpty()) {
            return 0;
        }
        String length = lengths.getFirst().value();
        if (lengths.size() > 1 || !LENGTH.matcher(length).matches()) {
            throw Refusals.badRequest("Content-Length is not one number");
        }
        return Long.parseLong(length);
    }
}
