package io.gleaner.perf.process;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;

/**
 * SIGINT, which Ctrl-C sends to every process of the terminal's group, handled in Java. {@code
 * sun.misc.Signal} is reached by reflection, because javac warns of it in a way that cannot be
 * switched off.
 */
public final class Interrupts {

    private Interrupts() {}

    /** Nothing happens when it comes: whoever started this process decides. */
    public static void ignore() {
        handle(() -> {});
    }

    /** Runs this on a thread of its own whenever it comes. */
    public static void handle(Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            InvocationHandler invoked =
                    (proxy, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            action.run();
                        }
                        return null;
                    };
            Object proxy =
                    Proxy.newProxyInstance(
                            Interrupts.class.getClassLoader(), new Class<?>[] {handler}, invoked);
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance("INT"), proxy);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this Java cannot handle SIGINT", e);
        }
    }
}
