package io.gleaner.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which browser is taken. */
class BrowserFinderTest {

    @TempDir private Path folder;

    private Path program(String name) throws IOException {
        Path file = Files.createFile(folder.resolve(name));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return file;
    }

    @Test
    void theNamedOneIsTaken() throws Exception {
        Path named = program("my-browser");
        assertThat(BrowserFinder.find(named.toString(), "")).hasValue(InstalledBrowser.of(named));
    }

    @Test
    void aNamedOneThatCannotBeStartedIsRefusedByName() throws Exception {
        Path plain = Files.createFile(folder.resolve("plain"));
        assertThatThrownBy(() -> BrowserFinder.find(plain.toString(), ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("GLEANER_BROWSER is '" + plain + "'");
        assertThatThrownBy(() -> BrowserFinder.find("/nowhere", ""))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void noneIsNone() {
        assertThat(BrowserFinder.find("none", System.getenv("PATH"))).isEmpty();
    }

    @Test
    void aHeadlessShellIsKnownByItsName() throws Exception {
        assertThat(InstalledBrowser.of(program("chrome-headless-shell")).shell()).isTrue();
        assertThat(InstalledBrowser.of(program("chromium")).shell()).isFalse();
    }
}
