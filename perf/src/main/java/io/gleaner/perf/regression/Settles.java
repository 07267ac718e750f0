package io.gleaner.perf.regression;

import io.gleaner.perf.process.BenchException;
import io.gleaner.perf.process.DatabaseAddress;
import io.gleaner.perf.process.ServerProgram;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * The store classes of one build, in a class loader of their own: so all builds settle in this one
 * JVM, in turn, one settlement each, and whatever slows the machine slows all of them.
 */
final class Settles implements AutoCloseable {

    private static final double NANOS_PER_MS = 1e6;

    private final URLClassLoader classes;
    private final LongSupplier probe;

    private Settles(URLClassLoader classes, LongSupplier probe) {
        this.classes = classes;
        this.probe = probe;
    }

    /**
     * @param database without tasks; builds that take turns may share it
     * @throws BenchException when the build's store classes are not those that the probe knows
     */
    static Settles of(ServerProgram program, DatabaseAddress database) {
        URL[] path =
                Stream.concat(program.classPath().stream(), Stream.of(kit())).toArray(URL[]::new);
        var classes = new URLClassLoader(path, ClassLoader.getPlatformClassLoader());
        Thread current = Thread.currentThread();
        ClassLoader before = current.getContextClassLoader();
        current.setContextClassLoader(classes);
        try {
            Class.forName("org.postgresql.Driver", true, classes);
            return new Settles(
                    classes,
                    (LongSupplier)
                            classes.loadClass(SettleProbe.class.getName())
                                    .getConstructor(String.class)
                                    .newInstance(database.url()));
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new BenchException("the settlement of this build cannot be timed alone", e);
        } finally {
            current.setContextClassLoader(before);
        }
    }

    private static URL kit() {
        return SettleProbe.class.getProtectionDomain().getCodeSource().getLocation();
    }

    /** One settlement, in milliseconds. */
    double next() {
        return probe.getAsLong() / NANOS_PER_MS;
    }

    @Override
    public void close() {
        try {
            if (probe instanceof AutoCloseable open) {
                open.close();
            }
            classes.close();
        } catch (Exception e) {
            throw new BenchException("the settlement of a build does not end", e);
        }
    }
}
