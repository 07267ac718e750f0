package io.gleaner.content;

/** What a character is to whoever counts words and sentences; looked up for those of ASCII. */
final class Letters {

    static final byte SIGN = 0;
    static final byte SMALL = 1;
    static final byte CAPITAL = 2;
    static final byte DIGIT = 3;
    static final byte IDEOGRAPH = 4;
    static final byte STOP = 5;
    static final byte COMMA = 6;
    static final byte BLANK = 7;
    static final byte CURRENCY = 8;

    /** So many characters can be counted in one sum. */
    static final int COUNTED_MAX = 512;

    private static final int COUNT_BITS = 10;
    private static final int COUNT_MASK = (1 << COUNT_BITS) - 1;

    /** For each kind a one in its own bits: one sum counts them all, without a branch. */
    private static final long[] COUNTED = new long[CURRENCY + 1];

    static {
        for (int kind = CAPITAL; kind <= BLANK; kind++) {
            COUNTED[kind] = 1L << ((kind - CAPITAL) * COUNT_BITS);
        }
    }

    private static final byte[] ASCII = new byte[128];

    static {
        for (char c = 0; c < ASCII.length; c++) {
            ASCII[c] = found(c);
        }
    }

    private Letters() {}

    static byte kind(char c) {
        return c < ASCII.length ? ASCII[c] : found(c);
    }

    static boolean inWord(byte kind) {
        return kind >= SMALL && kind <= IDEOGRAPH;
    }

    /** 1 for one of a word, otherwise 0. */
    static int one(byte kind) {
        return ((kind - STOP) & -kind) >>> (Integer.SIZE - 1);
    }

    /** To be summed up over at most {@link #COUNTED_MAX} characters. */
    static long counted(byte kind) {
        return COUNTED[kind];
    }

    /** How many of a kind from {@link #CAPITAL} to {@link #BLANK} a sum has. */
    static int count(long sum, byte kind) {
        return (int) (sum >>> ((kind - CAPITAL) * COUNT_BITS)) & COUNT_MASK;
    }

    private static byte found(char c) {
        if (Character.isLetterOrDigit(c)) {
            if (c <= '9') {
                return DIGIT;
            }
            if (c >= 0x3040 && c < 0xd7a4) {
                return IDEOGRAPH;
            }
            return Character.isUpperCase(c) ? CAPITAL : SMALL;
        }
        if (c <= ' ' || c == '\u00a0') {
            return BLANK;
        }
        return switch (c) {
            case '.', '!', '?', '。', '！', '？', '…', '।', '؟' -> STOP;
            case ',', ';', ':', '、', '，', '；', '：', '،' -> COMMA;
            default -> Character.getType(c) == Character.CURRENCY_SYMBOL ? CURRENCY : SIGN;
        };
    }
}
