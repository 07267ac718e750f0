package io.gleaner.browser;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds a Chromium: the one that the operator names, else a headless shell, Chromium or Chrome in
 * the usual places of Linux and macOS.
 */
public final class BrowserFinder {

    /** What to do where there is none. */
    public static final String HOW_TO_GET =
            "there is no browser to render with: install one (Debian, Ubuntu: apt-get install"
                    + " chromium-headless-shell; Fedora: dnf install chromium-headless; macOS: brew"
                    + " install --cask chromium) or name one in GLEANER_BROWSER";

    /** The programs themselves come before the scripts that distributions put before them. */
    private static final List<String> PLACES =
            List.of(
                    "/usr/lib/chromium/chromium-headless-shell",
                    "/usr/lib/chromium-browser/headless_shell",
                    "/usr/lib64/chromium-browser/headless_shell",
                    "/usr/lib/chromium/chromium",
                    "/usr/lib64/chromium-browser/chromium-browser",
                    "/opt/google/chrome/chrome",
                    "/Applications/Chromium.app/Contents/MacOS/Chromium",
                    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome");

    private static final List<String> NAMES =
            List.of(
                    "chromium-headless-shell",
                    "chrome-headless-shell",
                    "headless_shell",
                    "chromium",
                    "chromium-browser",
                    "google-chrome-stable",
                    "google-chrome");

    private BrowserFinder() {}

    /**
     * @param named what GLEANER_BROWSER says, or null; {@code none} is none
     * @param path the search path of commands, as PATH has it
     * @throws IllegalArgumentException when the named one cannot be started
     */
    public static Optional<InstalledBrowser> find(@Nullable String named, String path) {
        if (named == null) {
            return candidates(path).stream()
                    .filter(Files::isExecutable)
                    .findFirst()
                    .map(InstalledBrowser::of);
        }
        if (named.equals("none")) {
            return Optional.empty();
        }
        Path executable = Path.of(named);
        if (!Files.isRegularFile(executable) || !Files.isExecutable(executable)) {
            throw new IllegalArgumentException(
                    "GLEANER_BROWSER is '%s': accepted is the path of a headless shell, Chromium or Chrome that may be started, or none"
                            .formatted(named));
        }
        return Optional.of(InstalledBrowser.of(executable));
    }

    private static List<Path> candidates(String path) {
        List<Path> found = new ArrayList<>();
        PLACES.forEach(place -> found.add(Path.of(place)));
        for (String name : NAMES) {
            for (String folder : path.split(File.pathSeparator, -1)) {
                if (folder.startsWith("/")) {
                    found.add(Path.of(folder, name));
                }
            }
        }
        return found;
    }
}
