package io.gleaner.app;

import io.gleaner.job.FaultCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * The outcomes that docs/testing.md lists, as {@code page}, {@code CODE} or {@code CODE (r)}; the
 * last for a fault that comes of every attempt there is.
 */
final class DocumentedOutcomes {

    private static final Pattern ROW = Pattern.compile("^\\| (`.+?) \\|.*\\| ([^|]*) \\|$");
    private static final Pattern QUOTED = Pattern.compile("`([^`]+)`( \\(r\\))?");
    private static final Set<String> CODES =
            Arrays.stream(FaultCode.values()).map(Enum::name).collect(Collectors.toSet());

    private DocumentedOutcomes() {}

    /** By path; without what only a crawl can show. */
    static Map<String, Set<String>> ofRoutes() throws IOException {
        return read(
                name ->
                        name.startsWith("/")
                                && !name.startsWith("/sitemap")
                                && !name.startsWith("/trap/")
                                && !name.equals("/robots.txt"));
    }

    /** By the name of the robots mode. */
    static Map<String, Set<String>> ofRobots() throws IOException {
        return read(name -> name.matches("[A-Z_0-9]{2,}|crawlDelay.*"));
    }

    /** What a result of the service is called in the documentation. */
    static String outcome(JsonNode result) {
        JsonNode fault = result.path("fault");
        if (fault.isMissingNode()) {
            return "page";
        }
        String code = fault.path("code").asString().toUpperCase(Locale.ROOT);
        int attempts = fault.path("attempts").asInt();
        return switch (attempts) {
            case 1 -> code;
            case 3 -> code + " (r)";
            default -> code + " after attempt " + attempts;
        };
    }

    private static Map<String, Set<String>> read(Predicate<String> wanted) throws IOException {
        Map<String, Set<String>> outcomes = new TreeMap<>();
        for (String line : Files.readAllLines(Path.of("..", "docs", "testing.md"))) {
            Matcher row = ROW.matcher(line);
            if (row.find()) {
                Matcher names = QUOTED.matcher(row.group(1));
                while (names.find()) {
                    if (wanted.test(names.group(1))) {
                        outcomes.put(names.group(1), outcomesIn(row.group(2)));
                    }
                }
            }
        }
        return outcomes;
    }

    private static Set<String> outcomesIn(String cell) {
        Set<String> outcomes = new TreeSet<>();
        Matcher code = QUOTED.matcher(cell);
        while (code.find()) {
            if (CODES.contains(code.group(1))) {
                outcomes.add(code.group(1) + (code.group(2) == null ? "" : " (r)"));
            }
        }
        if (QUOTED.matcher(cell).replaceAll("").matches(".*\\bpages?\\b.*")) {
            outcomes.add("page");
        }
        return outcomes;
    }
}
