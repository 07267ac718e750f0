package io.gleaner.profile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;

/** A tree of calls: each call with the weight of all samples that were in it. */
public final class Stacks {

    private static final String ROOT = "all";

    /** Of a lambda's class, which is another one in each process. */
    private static final Pattern ADDRESS = Pattern.compile("[./]0x[0-9a-f]+");

    private final Call root = new Call();

    /** A call and what it called. */
    static final class Call {
        private final Map<String, Call> callees = new TreeMap<>();
        private long weight;

        long weight() {
            return weight;
        }

        Map<String, Call> callees() {
            return callees;
        }
    }

    /** Adds up the samples of one kind in a recording; it may have none. */
    public static Stacks read(Path recording, Kind kind) {
        var stacks = new Stacks();
        Map<RecordedMethod, String> names = new HashMap<>();
        try (var file = new RecordingFile(recording)) {
            while (file.hasMoreEvents()) {
                RecordedEvent event = file.readEvent();
                RecordedStackTrace trace = event.getStackTrace();
                if (event.getEventType().getName().equals(kind.event()) && trace != null) {
                    stacks.add(frames(event, trace, names), kind.weight(event));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the recording %s cannot be read".formatted(recording), e);
        }
        return stacks;
    }

    /** The kind of thread, then the calls from the outermost on. */
    private static String[] frames(
            RecordedEvent event, RecordedStackTrace trace, Map<RecordedMethod, String> names) {
        var frames = trace.getFrames();
        String[] path = new String[frames.size() + 1];
        path[0] = thread(event);
        for (int i = 0; i < frames.size(); i++) {
            path[frames.size() - i] = name(frames.get(i), names);
        }
        return path;
    }

    private static String thread(RecordedEvent event) {
        RecordedThread thread =
                event.hasField("eventThread") ? event.getThread("eventThread") : event.getThread();
        if (thread == null) {
            return "(unknown thread)";
        }
        if (thread.isVirtual()) {
            return "virtual threads";
        }
        String name = thread.getJavaName() == null ? thread.getOSName() : thread.getJavaName();
        return name == null ? "(unnamed thread)" : name.replaceAll("\\d+", "N");
    }

    private static String name(RecordedFrame frame, Map<RecordedMethod, String> names) {
        RecordedMethod method = frame.getMethod();
        if (method == null) {
            return "(unknown)";
        }
        return names.computeIfAbsent(
                method,
                key -> {
                    String type = ADDRESS.matcher(key.getType().getName()).replaceAll("");
                    return type.substring(type.lastIndexOf('.') + 1) + "." + key.getName();
                });
    }

    /** Adds a sample. */
    void add(String[] path, long weight) {
        Call call = root;
        call.weight += weight;
        for (String frame : path) {
            call = call.callees.computeIfAbsent(frame, name -> new Call());
            call.weight += weight;
        }
    }

    Call root() {
        return root;
    }

    String rootName() {
        return ROOT;
    }

    /** Weight of every sample. */
    public long weight() {
        return root.weight;
    }
}
