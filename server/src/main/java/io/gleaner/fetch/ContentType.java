package io.gleaner.fetch;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a body claims to be, and what it looks like (after WHATWG MIME Sniffing).
 *
 * @param mediaType lower-case, without parameters; "" if the header is missing or unreadable
 * @param charset the charset parameter as written, or null
 */
record ContentType(String mediaType, @Nullable String charset) {

    private static final Pattern MEDIA_TYPE =
            Pattern.compile("\\s*([!#$%&'*+.^_`|~\\w-]+/[!#$%&'*+.^_`|~\\w-]+)\\s*(?:[;,].*)?");
    private static final Pattern CHARSET =
            Pattern.compile(
                    ";\\s*charset\\s*=\\s*[\"']?([^\"';,\\s]{1,40})", Pattern.CASE_INSENSITIVE);
    private static final Pattern MARKUP =
            Pattern.compile(
                    "<(?:!doctype html|html|head|body|title|script|style|meta|table|div|h1|p|a|br"
                            + "|!--)[\\s>/-].*",
                    Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private static final int SNIFFED_BYTES = 1445;

    /** Byte strings that start a file which is no text, as ISO 8859-1. */
    private static final Set<String> MAGIC =
            Set.of(
                    "%PDF-",
                    "PK\u0003\u0004",
                    "\u001f\u008b\u0008",
                    "\u0089PNG\r\n",
                    "GIF87a",
                    "GIF89a",
                    "\u00ff\u00d8\u00ff",
                    "\u007fELF",
                    "OggS",
                    "ID3\u0003",
                    "ID3\u0004",
                    "Rar!\u001a\u0007",
                    "7z\u00bc\u00af'\u001c",
                    "\u00fd7zXZ",
                    "(\u00b5/\u00fd",
                    "wOFF",
                    "wOF2",
                    "\u00ca\u00fe\u00ba\u00be");

    static ContentType parse(@Nullable String header) {
        Matcher type = MEDIA_TYPE.matcher(header == null ? "" : header);
        if (header == null || !type.matches()) {
            return new ContentType("", null);
        }
        Matcher charset = CHARSET.matcher(header);
        return new ContentType(
                type.group(1).toLowerCase(Locale.ROOT), charset.find() ? charset.group(1) : null);
    }

    /** Whether one of the types is this one; {@code application/*+xml} takes a whole family. */
    boolean isAmong(Set<String> types) {
        int plus = mediaType.lastIndexOf('+');
        int slash = mediaType.indexOf('/');
        return types.contains(mediaType)
                || (plus > slash
                        && types.contains(
                                mediaType.substring(0, slash + 1)
                                        + "*"
                                        + mediaType.substring(plus)));
    }

    /** The type that a body without one looks like: HTML, XML, text, or "" for anything else. */
    static String sniff(byte[] body) {
        if (looksBinary(body)) {
            return start(body).startsWith("%PDF-") ? FetchConfig.PDF : "";
        }
        String start = start(body).stripLeading();
        if (MARKUP.matcher(start).matches()) {
            return "text/html";
        }
        return start.startsWith("<?xml") ? "text/xml" : "text/plain";
    }

    /** Whether the body is no text in any charset that our charset detection would find. */
    static boolean looksBinary(byte[] body) {
        if (CharsetSniffer.markBytes(body) > 0 || CharsetSniffer.unmarkedUtf16(body) != null) {
            return false;
        }
        String start = start(body);
        return start.indexOf('\0') >= 0
                || MAGIC.stream().anyMatch(start::startsWith)
                || (start.startsWith("RIFF") && start.length() > 12 && start.charAt(7) < ' ');
    }

    private static String start(byte[] body) {
        int mark = CharsetSniffer.markBytes(body);
        int length = Math.min(body.length - mark, SNIFFED_BYTES);
        return new String(body, mark, length, StandardCharsets.ISO_8859_1);
    }
}
