package io.gleaner.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.gleaner.testing.Edition;
import io.gleaner.testing.TestSite;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import tools.jackson.databind.JsonNode;

/**
 * A whole manual, crawled, changed and crawled again: {@code ./gleaner test -Dtest=ManualAgain
 * -Dgleaner.manual=/usr/share/doc/postgresql-doc-15/html}. Prints what each crawl takes; the CPU
 * time is that of this process, which is the service and the site, without the database.
 */
@EnabledIfSystemProperty(named = "gleaner.manual", matches = ".+")
class ManualAgain {

    private static final int CHANGED = 20;
    private static final int ADDED = 10;
    private static final int REMOVED = 5;

    @Test
    void whatWasChangedAddedAndRemovedIsNamedExactly() throws Exception {
        Map<String, String> pages = pages(Path.of(System.getProperty("gleaner.manual")));
        try (RunningService service = RunningService.patient();
                TestSite site = TestSite.start("127.0.28.1")) {
            var manual = new Edition(site, "/html/");
            pages.forEach(manual::put);
            String first = crawl(service, manual, "full", crawlOf(site));
            Set<String> kept =
                    service.results(first).entrySet().stream()
                            .filter(entry -> !entry.getValue().has("fault"))
                            .map(entry -> name(entry.getKey()))
                            .collect(Collectors.toCollection(TreeSet::new));
            List<String> some =
                    pages.keySet().stream()
                            .filter(name -> kept.contains(name) && !name.equals("index.html"))
                            .toList();
            int step = some.size() / (CHANGED + REMOVED);
            Set<String> changed = new TreeSet<>();
            Set<String> gone = new TreeSet<>();
            for (int i = 0; i < CHANGED + REMOVED; i++) {
                (i < CHANGED ? changed : gone).add(some.get(i * step));
            }
            Set<String> added = new TreeSet<>();
            var links = new StringBuilder();
            for (int i = 0; i < ADDED; i++) {
                String name = "added-" + i + ".html";
                added.add(name);
                links.append("<a href='%s'>added</a> ".formatted(name));
                manual.put(name, "Added " + i, "This page, number %d, is new here.".formatted(i));
            }
            changed.forEach(
                    name ->
                            manual.put(
                                    name,
                                    requireNonNull(pages.get(name))
                                            .replaceFirst(
                                                    "</p>",
                                                    "</p><p>A sentence that is new. "
                                                            + links
                                                            + "</p>")));
            gone.forEach(manual::remove);

            String again =
                    crawl(
                            service,
                            manual,
                            "again",
                            Map.of(
                                    "recrawl",
                                    Map.of("of", first.substring(first.lastIndexOf('/') + 1))));

            Map<String, JsonNode> results = service.results(again);
            System.out.println(service.get(again).path("changes"));
            assertThat(named(results, "changed")).isEqualTo(changed);
            assertThat(named(results, "new")).isEqualTo(added);
            assertThat(named(results, "gone")).isEqualTo(gone);
            assertThat(named(results, "same")).hasSize(kept.size() - CHANGED - REMOVED);
        }
    }

    private static Map<String, ?> crawlOf(TestSite site) {
        return Map.of(
                "crawl", Map.of("url", site.url("/html/index.html").toString(), "sitemap", "skip"));
    }

    private static String crawl(
            RunningService service, Edition manual, String what, Map<String, ?> body)
            throws Exception {
        manual.count();
        long began = System.nanoTime();
        Duration cpu = cpu();
        String job = service.submit(body);
        int results = service.results(job).size();
        System.out.printf(
                "%s: %d results, %d pages sent, %d unchanged, %d bytes of pages, %.1f s CPU, %.1f"
                        + " s%n",
                what,
                results,
                manual.sent(),
                manual.unchanged(),
                manual.sentBytes(),
                cpu().minus(cpu).toMillis() / 1e3,
                (System.nanoTime() - began) / 1e9);
        return job;
    }

    private static Duration cpu() {
        return ManagementFactory.getOperatingSystemMXBean()
                        instanceof com.sun.management.OperatingSystemMXBean process
                ? Duration.ofNanos(process.getProcessCpuTime())
                : Duration.ZERO;
    }

    private static Map<String, String> pages(Path folder) throws IOException {
        Map<String, String> pages = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(one -> one.toString().endsWith(".html")).toList()) {
                pages.put(file.getFileName().toString(), Files.readString(file, ISO_8859_1));
            }
        }
        return pages;
    }

    private static Set<String> named(Map<String, JsonNode> results, String change) {
        return results.entrySet().stream()
                .filter(entry -> entry.getValue().path("change").asString("").equals(change))
                .map(entry -> name(entry.getKey()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String name(String url) {
        return URI.create(url).getPath().replace("/html/", "");
    }
}
