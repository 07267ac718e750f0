package io.gleaner.fetch;

import io.gleaner.job.Capture;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.net.URI;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A 2xx answer, read to its end.
 *
 * @param url where the redirects ended
 * @param status 2xx
 * @param mediaType lower-case, without parameters; sniffed when the header is missing; "" if
 *     neither says
 * @param charset of the body, decided by byte-order mark, header, document and detector
 * @param body decompressed; not copied, so do not write to it
 * @param headers of the last answer, names in lower case
 * @param redirects the URLs that redirected, in order
 * @param firstByte from the start of the last request to the end of its response headers
 * @param total of the whole fetch, without the time in the gate
 * @param captures what went over the wire, if it was to be kept: redirects, then the answer
 */
// The one owner is the caller of fetch; a copy of up to 20 MiB per page would only please equals.
@SuppressWarnings("ArrayRecordComponent")
public record Response(
        URI url,
        int status,
        String mediaType,
        Charset charset,
        byte[] body,
        Map<String, List<String>> headers,
        List<URI> redirects,
        Duration firstByte,
        Duration total,
        List<Capture> captures) {

    public Response {
        redirects = List.copyOf(redirects);
        captures = List.copyOf(captures);
    }

    /** Nothing is kept of what went over the wire. */
    public Response(
            URI url,
            int status,
            String mediaType,
            Charset charset,
            byte[] body,
            Map<String, List<String>> headers,
            List<URI> redirects,
            Duration firstByte,
            Duration total) {
        this(
                url, status, mediaType, charset, body, headers, redirects, firstByte, total,
                List.of());
    }

    /** The same with what went over the wire. */
    public Response with(List<Capture> kept) {
        return new Response(
                url, status, mediaType, charset, body, headers, redirects, firstByte, total, kept);
    }

    /** The body as text, without its byte-order mark, decoded as it is read. */
    public Reader reader() {
        int mark = CharsetSniffer.markBytes(body);
        var bytes = new ByteArrayInputStream(body, mark, body.length - mark);
        return new InputStreamReader(bytes, charset);
    }

    /** The body as text, without its byte-order mark. Decoded anew on each call. */
    public String text() {
        int mark = CharsetSniffer.markBytes(body);
        return new String(body, mark, body.length - mark, charset);
    }
}
