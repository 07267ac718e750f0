package io.gleaner.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes what an interrupted start left behind. What cannot be removed stays and harms nobody. */
final class DataFolderSweep {

    private static final Logger log = LoggerFactory.getLogger(DataFolderSweep.class);

    private DataFolderSweep() {}

    /** Deletes a folder with all that is in it, if it exists. */
    static void delete(Path folder) {
        if (Files.notExists(folder)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(folder)) {
            List<Path> deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
        } catch (IOException | UncheckedIOException e) {
            log.debug("could not delete {}", folder, e);
        }
    }
}
