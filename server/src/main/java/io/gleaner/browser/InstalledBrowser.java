package io.gleaner.browser;

import java.nio.file.Path;

/**
 * A browser on this machine.
 *
 * @param executable to start
 * @param shell whether it is the headless shell, which takes a third of the time and memory
 */
public record InstalledBrowser(Path executable, boolean shell) {

    /** By its name. */
    static InstalledBrowser of(Path executable) {
        return new InstalledBrowser(
                executable, executable.getFileName().toString().contains("headless-shell"));
    }
}
