package io.gleaner.perf.autoscale.hpa;

import io.gleaner.perf.autoscale.policy.ScalingPolicy;
import io.gleaner.perf.autoscale.policy.ScalingRules;
import io.gleaner.perf.autoscale.policy.ScalingRules.Select;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Scaling rules written in a line: {@code "window 300 min pods 5/120 percent 100/60"}; {@code
 * default} says nothing.
 */
final class Rules {

    private Rules() {}

    static ScalingRules up(String line) {
        return parse(line, ScalingRules.UP_DEFAULT);
    }

    static ScalingRules down(String line) {
        return parse(line, ScalingRules.DOWN_DEFAULT);
    }

    private static ScalingRules parse(String line, ScalingRules defaults) {
        @Nullable Duration window = defaults.window();
        Select select = defaults.select();
        List<ScalingPolicy> policies = new ArrayList<>();
        String[] words = line.strip().split("\\s+", -1);
        for (int i = 0; i < words.length; i++) {
            switch (words[i]) {
                case "default" -> {}
                case "min" -> select = Select.MIN;
                case "disabled" -> select = Select.DISABLED;
                case "window" -> window = Duration.ofSeconds(Long.parseLong(words[++i]));
                case "pods" -> policies.add(policy(ScalingPolicy.Type.PODS, words[++i]));
                case "percent" -> policies.add(policy(ScalingPolicy.Type.PERCENT, words[++i]));
                default -> throw new IllegalArgumentException(words[i]);
            }
        }
        return new ScalingRules(
                window, select, policies.isEmpty() ? defaults.policies() : policies, null);
    }

    private static ScalingPolicy policy(ScalingPolicy.Type type, String valueAndPeriod) {
        String[] parts = valueAndPeriod.split("/", -1);
        return new ScalingPolicy(
                type, Integer.parseInt(parts[0]), Duration.ofSeconds(Long.parseLong(parts[1])));
    }
}
