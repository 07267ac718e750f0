package io.gleaner.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The headers by which a receiver knows a message: those of Standard Webhooks 1.0, and the
 * signature that Firecrawl sends.
 */
final class Signatures {

    private static final String PREFIX = "whsec_";
    private static final String ALGORITHM = "HmacSHA256";

    private Signatures() {}

    /**
     * @param id the same whenever the same event is sent
     * @param secret none for no signature
     */
    static Map<String, String> headers(
            String id, Instant now, byte[] body, @Nullable String secret) {
        var headers = new TreeMap<String, String>();
        String timestamp = String.valueOf(now.getEpochSecond());
        headers.put("webhook-id", id);
        headers.put("webhook-timestamp", timestamp);
        if (secret != null) {
            byte[] head = (id + "." + timestamp + ".").getBytes(UTF_8);
            byte[] standard = hmac(key(secret), head, body);
            headers.put("webhook-signature", "v1," + Base64.getEncoder().encodeToString(standard));
            byte[] firecrawl = hmac(secret.getBytes(UTF_8), new byte[0], body);
            headers.put("X-Firecrawl-Signature", "sha256=" + HexFormat.of().formatHex(firecrawl));
        }
        return headers;
    }

    /** A secret that says so is Base64; any other text is what it is. */
    private static byte[] key(String secret) {
        if (!secret.startsWith(PREFIX)) {
            return secret.getBytes(UTF_8);
        }
        try {
            return Base64.getDecoder().decode(secret.substring(PREFIX.length()));
        } catch (IllegalArgumentException e) {
            return secret.getBytes(UTF_8);
        }
    }

    private static byte[] hmac(byte[] key, byte[] head, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            mac.update(head);
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
