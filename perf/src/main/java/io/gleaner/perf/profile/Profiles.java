package io.gleaner.perf.profile;

import io.gleaner.profile.FlamePage;
import io.gleaner.profile.Kind;
import io.gleaner.profile.Stacks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A folder of recordings, one of each process of the service that ended by itself, and their flame
 * graphs.
 */
public record Profiles(Path folder) {

    private static final String RECORDING = ".jfr";

    /** The JVM flag that records into the folder, which is made if need be. */
    public String flag() {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("no folder %s can be made".formatted(folder), e);
        }
        // The slash tells the JVM to name the files itself.
        return "-XX:StartFlightRecording=settings=profile,dumponexit=true,filename=%s/,"
                        .formatted(folder.toAbsolutePath())
                + "jdk.CPUTimeSample#enabled=true,jdk.CPUTimeSample#throttle=10ms,"
                + "jdk.ObjectAllocationSample#throttle=500/s,"
                + "jdk.JavaMonitorEnter#threshold=1ms,jdk.ThreadPark#threshold=1ms";
    }

    /** Draws CPU and allocations of each recording beside it; answers the pages. */
    public List<Path> draw() {
        var pages = new ArrayList<Path>();
        for (Path recording : recordings()) {
            for (Kind kind : List.of(Kind.CPU, Kind.ALLOC)) {
                String name = recording.getFileName().toString();
                Path page =
                        folder.resolve(
                                name.substring(0, name.length() - RECORDING.length())
                                        + "-"
                                        + kind.name().toLowerCase(Locale.ROOT)
                                        + ".html");
                pages.add(
                        write(page, FlamePage.of(name, kind, Stacks.read(recording, kind), null)));
            }
        }
        return pages;
    }

    private List<Path> recordings() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(RECORDING)).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("%s cannot be read".formatted(folder), e);
        }
    }

    /** Writes a page and answers where it is. */
    public static Path write(Path page, String html) {
        try {
            return Files.writeString(page, html);
        } catch (IOException e) {
            throw new UncheckedIOException("%s cannot be written".formatted(page), e);
        }
    }
}
