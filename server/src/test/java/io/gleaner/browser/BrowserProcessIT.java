package io.gleaner.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gleaner.browser.DevToolsException.Kind;
import io.gleaner.render.Rendering;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A browser as a process: it starts, answers, ends, and says so. */
class BrowserProcessIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static BrowserConfig config(InstalledBrowser browser) {
        return new BrowserConfig(browser, BrowserConfig.mayHaveSandbox(), 128, 1, List.of());
    }

    @Test
    void nothingIsLeftOfAClosedBrowser() throws Exception {
        BrowserProcess browser = BrowserProcess.start(config(Rendering.installed()));
        List<ProcessHandle> all = browser.handle().descendants().toList();
        Path profile = browser.profile();
        assertThat(browser.version()).contains("/");
        assertThat(all).isNotEmpty();
        browser.close();
        assertThat(browser.isAlive()).isFalse();
        assertThat(all).noneMatch(ProcessHandle::isAlive);
        assertThat(profile).doesNotExist();
        assertThatThrownBy(() -> ask(browser, "Browser.getVersion"))
                .isInstanceOfSatisfying(
                        DevToolsException.class, e -> assertThat(e.kind()).isEqualTo(Kind.GONE));
    }

    @Test
    void aRefusalSaysWhy() throws Exception {
        try (BrowserProcess browser = BrowserProcess.start(config(Rendering.installed()))) {
            assertThatThrownBy(() -> ask(browser, "Nothing.likeThis"))
                    .isInstanceOfSatisfying(
                            DevToolsException.class,
                            e -> assertThat(e.kind()).isEqualTo(Kind.REFUSED))
                    .hasMessageContaining("Nothing.likeThis");
        }
    }

    private static void ask(BrowserProcess browser, String method) throws Exception {
        var _ = browser.devTools().call(method, DevTools.params(), PATIENCE);
    }

    @Test
    void whatIsNoBrowserSaysWhatItSaid() {
        var shell = new InstalledBrowser(Path.of("/bin/false"), false);
        assertThatThrownBy(() -> BrowserProcess.start(config(shell)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("/bin/false did not start");
    }

    @Test
    void theBrowserHasNothingOfOurEnvironment() throws Exception {
        try (BrowserProcess browser = BrowserProcess.start(config(Rendering.installed()))) {
            Path environment = Path.of("/proc", Long.toString(browser.handle().pid()), "environ");
            if (Files.isReadable(environment)) {
                assertThat(Files.readString(environment)).doesNotContain("JAVA_HOME", "GLEANER");
            }
        }
    }
}
