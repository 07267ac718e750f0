package io.gleaner.cli.console;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;

/**
 * Signals of the operating system, handled in Java.
 *
 * <p>{@code sun.misc.Signal} of the exported module {@code jdk.unsupported} is the only way to see
 * a second signal. It is reached by reflection, because javac warns of it in a way that cannot be
 * switched off and warnings fail the build.
 */
final class OsSignals {

    private OsSignals() {}

    /** Runs {@code handler} on a thread of its own whenever the signal comes, until replaced. */
    static void handle(String name, Runnable handler) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
            InvocationHandler invoked =
                    (proxy, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            handler.run();
                        }
                        return null;
                    };
            Object proxy =
                    Proxy.newProxyInstance(
                            OsSignals.class.getClassLoader(),
                            new Class<?>[] {handlerType},
                            invoked);
            signal.getMethod("handle", signal, handlerType)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this Java cannot handle SIG" + name, e);
        }
    }
}
