package io.gleaner.testing;

import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;

/**
 * Gives each property the seed of its name, so that every run tries the same inputs. The system
 * property {@code gleaner.seeds} says {@code random} for others, or is the seed to try again.
 */
public final class FixedSeeds implements AroundPropertyHook {

    private static final String FLAG = "gleaner.seeds";
    private static final String RANDOM = "random";

    /** Whether nothing else was asked for. */
    static boolean wanted() {
        return System.getProperty(FLAG) == null;
    }

    @Override
    public PropagationMode propagateTo() {
        return PropagationMode.ALL_DESCENDANTS;
    }

    @Override
    public PropertyExecutionResult aroundProperty(
            PropertyLifecycleContext context, PropertyExecutor property) {
        String asked = System.getProperty(FLAG, seed(context));
        if (!asked.equals(RANDOM) && context.attributes().seed().isEmpty()) {
            context.attributes().setSeed(asked);
        }
        return property.execute();
    }

    private static String seed(PropertyLifecycleContext context) {
        String name = context.containerClass().getName() + "." + context.targetMethod().getName();
        return String.valueOf(name.hashCode());
    }
}
