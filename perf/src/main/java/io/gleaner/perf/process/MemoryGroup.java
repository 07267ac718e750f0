package io.gleaner.perf.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A cgroup of our own with a memory limit: what a container is to its processes. Version 2 where
 * the system has it, else version 1.
 *
 * @param limitFile what to write the limit to
 * @param peakFile where the kernel says the most that was charged, page cache included
 */
public record MemoryGroup(String version, Path folder, String limitFile, String peakFile)
        implements AutoCloseable {

    private static final Path ROOT = Path.of("/sys/fs/cgroup");

    /** Empty when cgroups cannot be made here. */
    public static Optional<MemoryGroup> create(long limitBytes) {
        String name = "gleaner-bench-" + ProcessHandle.current().pid();
        var v2 = new MemoryGroup("2", ROOT.resolve(name), "memory.max", "memory.peak");
        var v1 =
                new MemoryGroup(
                        "1",
                        ROOT.resolve("memory").resolve(name),
                        "memory.limit_in_bytes",
                        "memory.max_usage_in_bytes");
        boolean unified = Files.exists(ROOT.resolve("cgroup.controllers"));
        MemoryGroup group = unified ? v2 : v1;
        try {
            Files.createDirectory(group.folder);
            Endings.add(group::remove);
            Files.writeString(group.folder.resolve(group.limitFile), String.valueOf(limitBytes));
            return Files.isReadable(group.folder.resolve(group.peakFile))
                    ? Optional.of(group)
                    : Optional.empty();
        } catch (IOException e) {
            group.remove();
            return Optional.empty();
        }
    }

    /** The command, started inside the group. */
    List<String> inside(List<String> command) {
        var inside = new ArrayList<String>();
        inside.addAll(List.of("sh", "-c", "echo $$ >\"$0\" && exec \"$@\""));
        inside.add(folder.resolve("cgroup.procs").toString());
        inside.addAll(command);
        return inside;
    }

    public long peakBytes() {
        try {
            return Long.parseLong(Files.readString(folder.resolve(peakFile)).strip());
        } catch (IOException e) {
            throw new BenchException("cannot read the peak of " + folder, e);
        }
    }

    @Override
    public void close() {
        remove();
    }

    private void remove() {
        try {
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            // Somebody is still in it; the shutdown hook tries again after they have ended.
            return;
        }
    }
}
