package io.gleaner.cli.folder;

import io.gleaner.cli.console.CommandFailure;
import io.gleaner.cli.option.DurationConverter;
import io.gleaner.export.ExportFormat;
import io.gleaner.export.Hash;
import io.gleaner.job.CrawlRules;
import io.gleaner.job.CrawlSpec;
import io.gleaner.job.Format;
import io.gleaner.job.JobSpec;
import io.gleaner.job.manners.Manners;
import io.gleaner.job.rendering.DeviceSpec;
import io.gleaner.job.rendering.RenderSpec;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A crawl as its options, so that the same command can be told from another one. */
public final class CrawlRequest {

    static final String URL = "URL";

    private CrawlRequest() {}

    /** Every option that decides what is fetched and written, by its flag. */
    public static Map<String, String> of(JobSpec job, CrawlSpec crawl) {
        var options = new TreeMap<String, String>();
        options.put(URL, crawl.url().toString());
        options.put("--limit", String.valueOf(crawl.limit()));
        options.put("--max-depth", String.valueOf(crawl.maxDepth()));
        options.put("--include", String.join(" ", crawl.include()));
        options.put("--exclude", String.join(" ", crawl.exclude()));
        options.put("--sitemap", crawl.sitemap().name().toLowerCase(Locale.ROOT));
        options.put("--subdomains", String.valueOf(crawl.subdomains()));
        options.put("--external", String.valueOf(crawl.external()));
        options.put("--ignore-query", String.valueOf(crawl.ignoreQuery()));
        rules(options, crawl.rules());
        options.put(
                "--formats",
                job.content().formats().stream()
                        .map(Format::wireName)
                        .collect(Collectors.joining(",")));
        options.put("--full-page", String.valueOf(!job.content().onlyMainContent()));
        options.put("--include-tags", String.join(",", job.content().includeTags()));
        options.put("--exclude-tags", String.join(",", job.content().excludeTags()));
        options.put("--timeout", DurationConverter.text(job.fetch().timeout()));
        options.put("--ignore-robots", String.valueOf(!job.fetch().respectRobots()));
        RenderSpec render = job.fetch().render();
        // Absent where nothing is rendered, as it was before there was rendering.
        if (render.mayRender()) {
            options.put("--render", render.mode().wireName());
            options.put("--wait-for", render.waitFor() + " " + render.waitForSelector());
            if (render.scroll() != null) {
                options.put("--scroll", String.valueOf(render.scroll().max()));
            }
            if (render.blockAds()) {
                options.put("--block-ads", "true");
            }
            if (!render.device().equals(DeviceSpec.STANDARD)) {
                options.put("--viewport, --mobile ...", String.valueOf(render.device()));
            }
        }
        Manners manners = job.fetch().manners();
        if (!manners.equals(Manners.USUAL)) {
            // Without passwords: this ends in a file beside the pages.
            options.put("--delay, --proxy ...", String.valueOf(manners.withoutSecrets()));
        }
        if (job.fetch().warc()) {
            options.put("--format", ExportFormat.WARC.wireName());
        }
        // Headers carry passwords, and this ends in a file beside the pages.
        options.put(
                "--header",
                job.fetch().headers().isEmpty()
                        ? ""
                        : "sha256:" + Hash.hex(job.fetch().headers().toString(), 16));
        return options;
    }

    // Absent where they are standard, as they were before there were any.
    private static void rules(Map<String, String> options, CrawlRules rules) {
        var standard = CrawlRules.STANDARD;
        if (rules.deduplicate() != standard.deduplicate()) {
            options.put("--deduplicate", rules.deduplicate().wireName());
        }
        flag(options, "--keep-session-ids", rules.dropSessionIds());
        flag(options, "--keep-tracking", rules.dropTracking());
        flag(options, "--keep-query-order", rules.sortQuery());
        flag(options, "--keep-slash", rules.foldSlash());
        flag(options, "--ignore-nofollow", rules.respectNofollow());
        flag(options, "--ignore-noindex", rules.respectNoindex());
    }

    private static void flag(Map<String, String> options, String flag, boolean absent) {
        if (!absent) {
            options.put(flag, "true");
        }
    }

    /** Refuses a command that is not the one the folder was made with, naming what differs. */
    static void check(Map<String, String> before, Map<String, String> now, String folder) {
        var flags = new TreeSet<String>(before.keySet());
        flags.addAll(now.keySet());
        String differences =
                flags.stream()
                        .filter(flag -> !Objects.equals(before.get(flag), now.get(flag)))
                        .map(flag -> difference(flag, before.get(flag), now.get(flag)))
                        .collect(Collectors.joining(", "));
        if (!differences.isEmpty()) {
            throw CommandFailure.usage(
                    "%s holds another crawl (%s); give its options to resume it, --restart to begin anew, or another --out"
                            .formatted(folder, differences));
        }
    }

    private static String difference(String flag, @Nullable String before, @Nullable String now) {
        return "%s was %s, now %s".formatted(flag, shown(before), shown(now));
    }

    private static String shown(@Nullable String value) {
        return value == null || value.isEmpty() ? "absent" : value;
    }
}
