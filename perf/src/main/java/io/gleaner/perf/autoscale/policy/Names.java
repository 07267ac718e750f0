package io.gleaner.perf.autoscale.policy;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Which names the API server takes: {@code apimachinery/pkg/util/validation} and {@code
 * pkg/apis/core/validation}.
 */
enum Names {
    /** Of an object. */
    SUBDOMAIN(Names.LABEL_PATTERN + "(\\." + Names.LABEL_PATTERN + ")*", 253),
    /** Of a namespace and of a container. */
    LABEL(Names.LABEL_PATTERN, 63),
    /** Of what an address ends with: a scale target, a metric. */
    PATH_SEGMENT("(?!\\.{1,2}$)[^/%]+", Integer.MAX_VALUE),
    /** Of a label without its prefix. */
    WORD(Names.WORD_PATTERN, 63),
    /** What a label says. */
    LABEL_VALUE("(" + Names.WORD_PATTERN + ")?", 63);

    private static final String LABEL_PATTERN = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    private static final String WORD_PATTERN = "[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?";

    private final Pattern pattern;
    private final int longest;

    Names(String pattern, int longest) {
        this.pattern = Pattern.compile(pattern);
        this.longest = longest;
    }

    boolean accept(String name) {
        return name.length() <= longest && pattern.matcher(name).matches();
    }

    /**
     * Whether a label may have this key: a word, and a subdomain with a slash before it or none.
     */
    static boolean acceptKey(String key) {
        int slash = key.indexOf('/');
        return WORD.accept(key.substring(slash + 1))
                && (slash < 0 || SUBDOMAIN.accept(key.substring(0, slash)));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
