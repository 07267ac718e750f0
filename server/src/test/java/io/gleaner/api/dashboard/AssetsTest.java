package io.gleaner.api.dashboard;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class AssetsTest {

    private static final int GZIP_MAX = 100_000;
    private static final Pattern FILE = Pattern.compile("/dashboard/([0-9a-f]{16})/([a-z.]+)");

    private final Assets assets = Assets.load();

    @Test
    void allOfItTakesLessThanAHundredKilobytes() {
        assertThat(assets.gzipBytes()).isLessThan(GZIP_MAX);
        System.out.println("the dashboard takes " + assets.gzipBytes() + " bytes");
    }

    @Test
    void theIndexNamesFilesThatThereAreAndHasNothingInline() {
        String index = new String(assets.index().plain(), UTF_8);
        var named = FILE.matcher(index).results().toList();
        assertThat(named).hasSize(5);
        named.forEach(file -> assertThat(assets.find(file.group(1), file.group(2))).isPresent());
        assertThat(index).doesNotContainPattern("<script(?![^>]* src=)|<style| style=| on[a-z]+=");
    }

    @Test
    void modulesNameFilesThatThereAreAndNoHostAndMakeNoHtmlOfTexts() {
        var imported = Pattern.compile("from '\\./([a-z]+\\.js)'");
        for (String name :
                new String[] {
                    "main.js",
                    "server.js",
                    "parts.js",
                    "jobs.js",
                    "job.js",
                    "markdown.js",
                    "submit.js",
                    "operation.js",
                    "chart.js"
                }) {
            var module = assets.find(assets.version(), name).orElseThrow();
            String text = new String(module.plain(), UTF_8);
            imported.matcher(text)
                    .results()
                    .forEach(
                            file ->
                                    assertThat(assets.find(assets.version(), file.group(1)))
                                            .as(name + " " + file.group(1))
                                            .isPresent());
            assertThat(text)
                    .as(name)
                    .doesNotContain("innerHTML", "insertAdjacentHTML", "eval(", "localStorage");
        }
    }

    @Test
    void anotherVersionHasNoFiles() {
        assertThat(assets.find("0000000000000000", "main.js")).isEmpty();
        assertThat(assets.find(assets.version(), "../openapi.yaml")).isEmpty();
    }
}
