package io.gleaner.perf.process;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the product is started: its jar with the launcher's JVM flags, or its classes on our class
 * path when no launcher is there.
 */
public record ServerProgram(List<String> javaFlags, List<String> program) {

    private static final String MAIN = "io.gleaner.cli.Main";

    public ServerProgram {
        javaFlags = List.copyOf(javaFlags);
        program = List.copyOf(program);
    }

    /** What the launcher said in {@code GLEANER_SERVER_*}: a jar, flags, a flag with a path. */
    public static ServerProgram fromEnvironment() {
        return of(
                System.getenv("GLEANER_SERVER_JAR"),
                System.getenv("GLEANER_SERVER_FLAGS"),
                System.getenv("GLEANER_SERVER_AOT"));
    }

    static ServerProgram of(@Nullable String jar, @Nullable String flags, @Nullable String aot) {
        List<String> program = jar == null ? onClassPath() : List.of("-jar", jar);
        var all = new ArrayList<>(flags == null ? List.of() : words(flags));
        if (aot != null && !aot.isEmpty()) {
            all.add(aot);
        }
        return new ServerProgram(all, program);
    }

    /** The same, started without what an earlier run has left for the JVM. */
    public ServerProgram withoutAot() {
        return new ServerProgram(
                javaFlags.stream().filter(flag -> !flag.startsWith("-XX:AOTCache=")).toList(),
                program);
    }

    /** Another jar with the same flags. */
    public ServerProgram withJar(Path jar) {
        return new ServerProgram(javaFlags, List.of("-jar", jar.toString()));
    }

    /** The same program, which finds more in this folder than in its jar. */
    public ServerProgram withClassPath(Path folder) {
        String classPath = program.get(1);
        return new ServerProgram(
                javaFlags, List.of("-cp", folder + File.pathSeparator + classPath, MAIN));
    }

    /** The product's classes on our class path. */
    public static List<String> onClassPath() {
        return List.of("-cp", System.getProperty("java.class.path"), MAIN);
    }

    /** Where its classes are: a jar that names the others, or what {@code -cp} names. */
    public List<URL> classPath() {
        return Arrays.stream(program.get(1).split(File.pathSeparator, -1))
                .map(ServerProgram::url)
                .toList();
    }

    private static URL url(String path) {
        try {
            return Path.of(path).toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException("no class path entry: " + path, e);
        }
    }

    List<String> command(List<String> moreFlags, List<String> arguments) {
        var command = new ArrayList<String>();
        command.add(Launch.javaProgram());
        command.addAll(javaFlags);
        command.addAll(moreFlags);
        command.addAll(program);
        command.addAll(arguments);
        return command;
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.split("\\s+", -1)).filter(word -> !word.isEmpty()).toList();
    }
}
