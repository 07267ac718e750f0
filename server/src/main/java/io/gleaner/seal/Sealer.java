package io.gleaner.seal;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals bytes with AES-256-GCM (NIST SP 800-38D). What is sealed for one context does not open in
 * another, so a row cannot be given another's secret.
 *
 * <p>The first key seals; every key opens what it sealed, so a key is replaced by putting the new
 * one before it, and taken away when nothing that it sealed is left.
 */
public final class Sealer {

    /** Bytes of a key. */
    public static final int KEY_BYTES = 32;

    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final byte VERSION = 1;
    private static final int NAME_BYTES = 4;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int HEAD_BYTES = 1 + NAME_BYTES + NONCE_BYTES;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final List<Key> keys;

    private Sealer(List<Key> keys) {
        this.keys = List.copyOf(keys);
    }

    /** A key and how the bytes that it sealed name it. */
    private record Key(byte[] name, SecretKeySpec secret) {

        static Key of(byte[] bytes) {
            try {
                byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
                return new Key(Arrays.copyOf(digest, NAME_BYTES), new SecretKeySpec(bytes, "AES"));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java has SHA-256", e);
            }
        }

        @Override
        public String toString() {
            return "a key";
        }
    }

    /** Has no key: seals and opens nothing. */
    public static Sealer none() {
        return new Sealer(List.of());
    }

    /**
     * @param text keys of 32 bytes as Base64 (RFC 4648), joined by commas; the first one seals
     * @throws IllegalArgumentException when that is not what it is, without repeating it
     */
    public static Sealer of(String text) {
        List<Key> keys = new ArrayList<>();
        for (String one : text.split(",", -1)) {
            keys.add(Key.of(decoded(one.strip())));
        }
        return new Sealer(keys);
    }

    /** A new key, as {@link #of} reads it. */
    public static String newKey() {
        byte[] key = new byte[KEY_BYTES];
        RANDOM.nextBytes(key);
        return Base64.getEncoder().encodeToString(key);
    }

    private static byte[] decoded(String base64) {
        byte[] key;
        try {
            key = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw notAKey();
        }
        if (key.length != KEY_BYTES) {
            throw notAKey();
        }
        return key;
    }

    private static IllegalArgumentException notAKey() {
        return new IllegalArgumentException(
                "a key is %d random bytes as Base64, like 'openssl rand -base64 %d' prints them"
                        .formatted(KEY_BYTES, KEY_BYTES));
    }

    /** Whether it can seal. */
    public boolean isReady() {
        return !keys.isEmpty();
    }

    /**
     * @param context what the secret belongs to; the same must be given to open it
     * @throws SealException without a key
     */
    public byte[] seal(byte[] text, byte[] context) {
        if (keys.isEmpty()) {
            throw new SealException(
                    "there is no key to keep secrets with; set GLEANER_SECRET_KEY to what 'openssl"
                            + " rand -base64 32' prints, the same in every process");
        }
        Key key = keys.getFirst();
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        byte[] sealed = run(Cipher.ENCRYPT_MODE, key, nonce, text, context);
        return ByteBuffer.allocate(HEAD_BYTES + sealed.length)
                .put(VERSION)
                .put(key.name())
                .put(nonce)
                .put(sealed)
                .array();
    }

    /**
     * @throws SealException when the key is not there, or this was not sealed for this context
     */
    public byte[] open(byte[] sealed, byte[] context) {
        if (sealed.length < HEAD_BYTES || sealed[0] != VERSION) {
            throw new SealException("what was sealed is of another version, or broken");
        }
        var in = ByteBuffer.wrap(sealed, 1, sealed.length - 1);
        byte[] name = new byte[NAME_BYTES];
        byte[] nonce = new byte[NONCE_BYTES];
        in.get(name).get(nonce);
        byte[] text = new byte[in.remaining()];
        in.get(text);
        Key key =
                keys.stream()
                        .filter(it -> Arrays.equals(it.name(), name))
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        new SealException(
                                                "the key that sealed it is not here; add it to"
                                                        + " GLEANER_SECRET_KEY behind a comma"));
        return run(Cipher.DECRYPT_MODE, key, nonce, text, context);
    }

    private static byte[] run(int mode, Key key, byte[] nonce, byte[] text, byte[] context) {
        try {
            Cipher cipher = Cipher.getInstance(CIPHER);
            cipher.init(mode, key.secret(), new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(context);
            return cipher.doFinal(text);
        } catch (AEADBadTagException e) {
            throw new SealException("what was sealed belongs to something else, or is broken", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + CIPHER, e);
        }
    }
}
