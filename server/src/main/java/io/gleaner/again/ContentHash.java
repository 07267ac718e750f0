package io.gleaner.again;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gleaner.job.PageContent;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The same for pages that say the same to a reader: their text and the job's fields. Only where
 * neither is kept the rest counts, for it may differ with every request: a token in a form, a name
 * of a picture.
 */
public final class ContentHash {

    private static final int DIGITS = 32;

    private ContentHash() {}

    public static String of(PageContent content) {
        MessageDigest digest = digest();
        String text = content.markdown() != null ? content.markdown() : content.text();
        if (text != null || content.fields() != null) {
            add(digest, text);
            add(digest, sorted(content.fields()));
        } else if (content.chunks() != null) {
            add(digest, content.chunks());
        } else if (content.html() != null || content.rawHtml() != null) {
            add(digest, content.html() != null ? content.html() : content.rawHtml());
        } else {
            add(digest, content.links());
            add(digest, content.images());
            add(digest, sorted(content.metadata()));
        }
        return HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS);
    }

    private static @Nullable Object sorted(@Nullable Map<String, ?> values) {
        return values == null ? null : new TreeMap<>(values);
    }

    /** With its length, so that no two ways of having parts look the same. */
    private static void add(MessageDigest digest, @Nullable Object part) {
        byte[] bytes = String.valueOf(part).getBytes(UTF_8);
        digest.update((bytes.length + ":").getBytes(UTF_8));
        digest.update(bytes);
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
