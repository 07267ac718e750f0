package io.gleaner.perf.autoscale.policy;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Quantities such as {@code 500m}, {@code 3k} or {@code 512Mi}:
 * k8s.io/apimachinery/pkg/api/resource.
 */
final class Quantity {

    private static final Pattern FORM =
            Pattern.compile("(\\d{1,18}(?:\\.\\d{1,9})?)(m|k|M|G|T|P|Ki|Mi|Gi|Ti|Pi)?");

    private static final Map<String, BigDecimal> FACTORS =
            Map.ofEntries(
                    Map.entry("", BigDecimal.ONE),
                    Map.entry("m", new BigDecimal("0.001")),
                    Map.entry("k", BigDecimal.TEN.pow(3)),
                    Map.entry("M", BigDecimal.TEN.pow(6)),
                    Map.entry("G", BigDecimal.TEN.pow(9)),
                    Map.entry("T", BigDecimal.TEN.pow(12)),
                    Map.entry("P", BigDecimal.TEN.pow(15)),
                    Map.entry("Ki", BigDecimal.TWO.pow(10)),
                    Map.entry("Mi", BigDecimal.TWO.pow(20)),
                    Map.entry("Gi", BigDecimal.TWO.pow(30)),
                    Map.entry("Ti", BigDecimal.TWO.pow(40)),
                    Map.entry("Pi", BigDecimal.TWO.pow(50)));

    private Quantity() {}

    /**
     * Milli-units, rounded up as {@code MilliValue()} does.
     *
     * @throws IllegalArgumentException it is not one, is negative or too large
     */
    static long milli(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a quantity like 500m, 3k or 512Mi: " + text);
        }
        String suffix = matcher.group(2) == null ? "" : matcher.group(2);
        BigDecimal milli =
                new BigDecimal(matcher.group(1))
                        .multiply(FACTORS.getOrDefault(suffix, BigDecimal.ONE))
                        .movePointRight(3)
                        .setScale(0, RoundingMode.CEILING);
        try {
            return milli.longValueExact();
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("too large: " + text, e);
        }
    }
}
