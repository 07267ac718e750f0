package io.gleaner.fetch;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * IPv4 addresses in every spelling that a browser takes: {@code 2130706433}, {@code 0x7f.1}, {@code
 * 0177.0.0.1}, {@code 127.0.0.1.} (WHATWG URL, "IPv4 parser").
 *
 * <p>OkHttp leaves the odd spellings to the resolver of the system, and systems disagree about
 * them. We decide here, once, and connect to the plain form.
 */
final class Ipv4Literal {

    private Ipv4Literal() {}

    /** Whether the host must be an IPv4 address because its last label is a number. */
    static boolean looksLikeOne(String host) {
        String[] parts = parts(host);
        String last = parts[parts.length - 1];
        return !last.isEmpty()
                && (last.chars().allMatch(c -> c >= '0' && c <= '9') || number(last).isPresent());
    }

    static Optional<InetAddress> parse(String host) {
        String[] parts = parts(host);
        if (parts.length > 4) {
            return Optional.empty();
        }
        long address = 0;
        for (int i = 0; i < parts.length; i++) {
            boolean last = i == parts.length - 1;
            OptionalLong number = number(parts[i]);
            // The last number fills all the bytes that are left.
            long max = last ? (1L << (8 * (4 - i))) - 1 : 255;
            if (number.isEmpty() || number.getAsLong() > max) {
                return Optional.empty();
            }
            address |= last ? number.getAsLong() : number.getAsLong() << (8 * (3 - i));
        }
        byte[] bytes = {
            (byte) (address >> 24), (byte) (address >> 16), (byte) (address >> 8), (byte) address
        };
        try {
            return Optional.of(InetAddress.getByAddress(bytes));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an IPv4 address", e);
        }
    }

    private static String[] parts(String host) {
        String[] parts = host.split("\\.", -1);
        boolean trailingDot = parts.length > 1 && parts[parts.length - 1].isEmpty();
        return trailingDot ? Arrays.copyOf(parts, parts.length - 1) : parts;
    }

    private static OptionalLong number(String part) {
        int radix = 10;
        String digits = part;
        if (part.startsWith("0x") || part.startsWith("0X")) {
            radix = 16;
            digits = part.substring(2);
        } else if (part.length() > 1 && part.startsWith("0")) {
            radix = 8;
            digits = part.substring(1);
        }
        if (part.isEmpty()) {
            return OptionalLong.empty();
        }
        if (digits.isEmpty()) {
            return OptionalLong.of(0);
        }
        long value = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = Character.digit(digits.charAt(i), radix);
            if (digit < 0 || digits.charAt(i) > 'f') {
                return OptionalLong.empty();
            }
            // Saturates just past 32 bits, so that a long number is too large and not wrapped.
            value = Math.min(value * radix + digit, 1L << 32);
        }
        return OptionalLong.of(value);
    }
}
