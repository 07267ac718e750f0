package io.gleaner.perf.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How to start a process of ours.
 *
 * @param name for messages, and of its log
 * @param command program and arguments
 * @param environment beside what this process has, without its {@code GLEANER_*}
 * @param ready what stands in the line that it prints on stdout when it is ready
 * @param patience longest wait for that line
 * @param log where its stdout and stderr go
 * @param group cgroup to start it in
 */
public record Launch(
        String name,
        List<String> command,
        Map<String, String> environment,
        String ready,
        Duration patience,
        Path log,
        Optional<MemoryGroup> group) {

    public Launch {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    /** A main class on our own class path. */
    public static List<String> java(List<String> flags, Class<?> main, List<String> arguments) {
        var command = new ArrayList<String>();
        command.add(javaProgram());
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        return command;
    }

    /** The program that runs us. */
    public static String javaProgram() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
