package io.gleaner.perf.content;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Pages with the main content that people agreed on: a folder in the format of WCXB. */
record PageSet(Path folder) {

    private static final Pattern HOST = Pattern.compile("^https?://(?:www\\.)?([^/:?#]+)");
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}_]+");

    /** A page of it. */
    record Page(String id, String domain, String type, List<String> truth) {}

    List<Page> pages() throws IOException {
        var pages = new ArrayList<Page>();
        try (Stream<Path> files = Files.list(folder.resolve("ground-truth"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
                JsonNode page = JsonMapper.shared().readTree(Files.readString(file));
                String type = page.at("/_internal/page_type/primary").asString("article");
                String name = file.getFileName().toString();
                pages.add(
                        new Page(
                                name.substring(0, name.length() - 5),
                                domain(page.path("url").asString(name)),
                                type.equals("category") ? "collection" : type,
                                words(page.at("/ground_truth/main_content").asString(""))));
            }
        }
        return pages;
    }

    private static String domain(String url) {
        Matcher host = HOST.matcher(url);
        return host.find() ? host.group(1).toLowerCase(Locale.ROOT) : url;
    }

    String html(Page page) {
        try (InputStream in =
                new GZIPInputStream(
                        Files.newInputStream(folder.resolve("html", page.id() + ".html.gz")))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As the judge of the set counts them. */
    static List<String> words(String text) {
        return WORD.matcher(text.toLowerCase(Locale.ROOT)).results().map(m -> m.group()).toList();
    }

    /** As the judge of the set parts domains. */
    static int fold(String domain, int folds) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-1")
                            .digest(domain.getBytes(StandardCharsets.UTF_8));
            long number = 0;
            for (int i = 0; i < 4; i++) {
                number = number << 8 | (hash[i] & 0xff);
            }
            return (int) (number % folds);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
