package io.gleaner.profile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;

/**
 * A tree of calls: each call with the weight of all samples that were in it. Its roots are tags:
 * what the samples were taken in the service of.
 */
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

    /** A method as a graph shows it, and what calling it says about a sample. */
    private record Frame(String name, Tag tag) {}

    /**
     * What was done under one tag.
     *
     * @param tag an endpoint, a step, {@code jvm} or {@code other}
     * @param part of the whole weight, 0 to 1
     */
    public record Share(String tag, double part) {}

    /** Adds up the samples of one kind in a recording; it may have none. */
    public static Stacks read(Path recording, Kind kind) {
        var stacks = new Stacks();
        Map<RecordedMethod, Frame> known = new HashMap<>();
        try (var file = new RecordingFile(recording)) {
            while (file.hasMoreEvents()) {
                RecordedEvent event = file.readEvent();
                RecordedStackTrace trace = event.getStackTrace();
                if (event.getEventType().getName().equals(kind.event()) && trace != null) {
                    stacks.add(path(event, trace, known), kind.weight(event));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the recording %s cannot be read".formatted(recording), e);
        }
        return stacks;
    }

    /** The tag, the kind of thread, then the calls from the outermost on. */
    private static String[] path(
            RecordedEvent event, RecordedStackTrace trace, Map<RecordedMethod, Frame> known) {
        var frames = trace.getFrames();
        String[] path = new String[frames.size() + 2];
        Tag tag = Tag.JVM;
        for (int i = 0; i < frames.size(); i++) {
            Frame frame = frame(frames.get(i), known);
            path[path.length - 1 - i] = frame.name();
            tag = tag.or(frame.tag());
        }
        path[0] = tag.name();
        path[1] = thread(event);
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

    private static Frame frame(RecordedFrame recorded, Map<RecordedMethod, Frame> known) {
        RecordedMethod method = recorded.getMethod();
        if (method == null) {
            return new Frame("(unknown)", Tag.JVM);
        }
        return known.computeIfAbsent(
                method,
                key -> {
                    String full = key.getType().getName();
                    String type = ADDRESS.matcher(full).replaceAll("");
                    return new Frame(
                            type.substring(type.lastIndexOf('.') + 1) + "." + key.getName(),
                            Tag.of(full, key.getName()));
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

    /** What each tag has of the whole, the largest first. */
    public List<Share> shares() {
        return root.callees.entrySet().stream()
                .map(tag -> new Share(tag.getKey(), (double) tag.getValue().weight / root.weight))
                .sorted(Comparator.comparingDouble(Share::part).reversed())
                .toList();
    }

    /** {@link #shares()} as text, a line each. */
    public String table() {
        var table = new StringBuilder();
        for (Share share : shares()) {
            table.append(
                    String.format(Locale.ROOT, "%6.2f %%  %s\n", 100 * share.part(), share.tag()));
        }
        return table.toString();
    }
}
