package io.gleaner.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How the packages may depend on each other, for any root package: the real one, and the planted
 * one that breaks every rule on purpose.
 */
final class Rules {

    /** Every package and what it may use of ours, innermost first. */
    private static final Map<String, List<String>> RINGS = new LinkedHashMap<>();

    static {
        RINGS.put("job", List.of());
        RINGS.put("loop", List.of());
        RINGS.put("budget", List.of());
        RINGS.put("regex", List.of());
        RINGS.put("select", List.of("regex"));
        RINGS.put("xpath", List.of("select"));
        RINGS.put("frontier", List.of("job", "regex"));
        RINGS.put("politeness", List.of("job"));
        RINGS.put("fetch", List.of("job", "budget"));
        RINGS.put("browser", List.of());
        RINGS.put("proxy", List.of("job", "fetch"));
        // A fetcher, too: what comes of a page it says in the words of the plain one.
        RINGS.put("render", List.of("job", "budget", "loop", "fetch", "browser", "proxy"));
        RINGS.put("dom", List.of("select"));
        RINGS.put("content", List.of("dom", "select"));
        RINGS.put("write", List.of("dom", "select"));
        RINGS.put("extract", List.of("job", "select", "xpath", "dom", "content", "write"));
        RINGS.put("pdf", List.of("select"));
        RINGS.put("feed", List.of("select"));
        RINGS.put("document", List.of("job", "select", "extract", "pdf", "feed"));
        RINGS.put("postgres", List.of());
        RINGS.put("database", List.of("loop"));
        RINGS.put("access", List.of("job", "database"));
        RINGS.put("seal", List.of());
        RINGS.put("objects", List.of());
        RINGS.put("bodies", List.of("job", "objects"));
        RINGS.put("store", List.of("job", "database", "seal", "bodies"));
        RINGS.put("export", List.of("job", "frontier", "store"));
        RINGS.put("cache", List.of("job", "budget", "loop"));
        RINGS.put("redis", List.of("budget", "cache", "loop"));
        RINGS.put("telemetry", List.of("job"));
        RINGS.put("profile", List.of());
        RINGS.put("transport", List.of());
        RINGS.put("webhook", List.of("job", "loop", "fetch", "database", "store", "export"));
        RINGS.put("again", List.of("job"));
        RINGS.put("schedule", List.of("job", "loop", "database", "frontier", "store", "cache"));
        RINGS.put(
                "worker",
                List.of(
                        "job",
                        "budget",
                        "loop",
                        "frontier",
                        "politeness",
                        "fetch",
                        "render",
                        "select",
                        "extract",
                        "document",
                        "again",
                        "database",
                        "objects",
                        "bodies",
                        "store",
                        "cache",
                        "telemetry"));
        RINGS.put(
                "maintenance",
                List.of(
                        "job",
                        "loop",
                        "database",
                        "objects",
                        "bodies",
                        "store",
                        "cache",
                        "telemetry"));
        RINGS.put(
                "api",
                List.of(
                        "job",
                        "budget",
                        "loop",
                        "database",
                        "access",
                        "objects",
                        "store",
                        "schedule",
                        "export",
                        "cache",
                        "telemetry",
                        "profile",
                        "transport"));
        RINGS.put(
                "app",
                List.of(
                        "job",
                        "budget",
                        "loop",
                        "frontier",
                        "politeness",
                        "fetch",
                        "browser",
                        "render",
                        "extract",
                        "postgres",
                        "database",
                        "access",
                        "seal",
                        "objects",
                        "bodies",
                        "store",
                        "cache",
                        "redis",
                        "telemetry",
                        "profile",
                        "transport",
                        "worker",
                        "webhook",
                        "schedule",
                        "maintenance",
                        "api"));
        RINGS.put(
                "cli",
                List.of(
                        "job",
                        "database",
                        "access",
                        "seal",
                        "store",
                        "export",
                        "cache",
                        "redis",
                        "fetch",
                        "render",
                        "api",
                        "app"));
    }

    /** Libraries and the packages that may use them. */
    private static final Map<String, List<String>> LIBRARIES =
            Map.ofEntries(
                    Map.entry("java.sql..", List.of("database", "access", "store", "postgres")),
                    Map.entry("org.jdbi..", List.of("database", "access", "store")),
                    Map.entry("org.flywaydb..", List.of("database")),
                    Map.entry(
                            "org.jsoup..",
                            List.of(
                                    "dom", "content", "write", "extract", "select", "xpath",
                                    "feed")),
                    Map.entry("org.apache.pdfbox..", List.of("pdf")),
                    Map.entry("org.apache.fontbox..", List.of("pdf")),
                    // The names of hosts are as the client takes them.
                    Map.entry("okhttp3..", List.of("fetch", "frontier")),
                    Map.entry("io.helidon..", List.of("api", "transport")),
                    Map.entry("crawlercommons..", List.of("politeness", "frontier")),
                    Map.entry("io.lettuce..", List.of("redis")),
                    Map.entry("software.amazon..", List.of("objects")),
                    Map.entry("picocli..", List.of("cli")),
                    Map.entry("me.tongfei..", List.of("cli")),
                    Map.entry("org.apache.parquet..", List.of("export")),
                    Map.entry("com.github.difflib..", List.of("again")),
                    Map.entry("com.cronutils..", List.of("schedule")),
                    Map.entry("org.netpreserve..", List.of("export")),
                    Map.entry(
                            "tools.jackson..",
                            List.of(
                                    "content", "feed", "store", "export", "webhook", "browser",
                                    "render", "api", "cli")));

    private static final List<String> VAGUE =
            List.of("Util", "Utils", "Helper", "Manager", "Impl", "Base", "Common");

    private final String root;

    Rules(String root) {
        this.root = root;
    }

    ArchRule noCycles() {
        return slices().matching(root + ".(*)..").should().beFreeOfCycles();
    }

    /** The API is the one package of many: its parts have an order, too. */
    ArchRule noCyclesInTheApi() {
        return slices().matching(root + ".api.(*)..").should().beFreeOfCycles();
    }

    /** What is shown in a browser, where, and what is done with it: in this order. */
    ArchRule noCyclesInRendering() {
        return slices().matching(root + ".render.(**)").should().beFreeOfCycles();
    }

    List<ArchRule> ringsPointInward() {
        List<ArchRule> rules = new ArrayList<>();
        RINGS.forEach(
                (ring, allowed) -> {
                    List<String> forbidden = new ArrayList<>(RINGS.keySet());
                    forbidden.removeAll(allowed);
                    forbidden.remove(ring);
                    rules.add(
                            noClasses()
                                    .that()
                                    .resideInAPackage(inside(ring))
                                    .should()
                                    .dependOnClassesThat()
                                    .resideInAnyPackage(
                                            forbidden.stream()
                                                    .map(this::inside)
                                                    .toArray(String[]::new))
                                    .allowEmptyShould(true));
                });
        return rules;
    }

    ArchRule theVocabularyNeedsTheJdkOnly() {
        return noClasses()
                .that()
                .resideInAPackage(inside("job"))
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages(inside("job"), "java..", "org.jspecify..");
    }

    List<ArchRule> eachLibraryLivesInItsPackage() {
        List<ArchRule> rules = new ArrayList<>();
        LIBRARIES.forEach(
                (library, homes) ->
                        rules.add(
                                noClasses()
                                        .that()
                                        .resideOutsideOfPackages(
                                                homes.stream()
                                                        .map(this::inside)
                                                        .toArray(String[]::new))
                                        .should()
                                        .dependOnClassesThat()
                                        .resideInAPackage(library)));
        return rules;
    }

    ArchRule namesSaySomething() {
        return noClasses().should().haveNameMatching(".*(" + String.join("|", VAGUE) + ")");
    }

    ArchRule everyClassHasAKnownPackage() {
        String[] known = RINGS.keySet().stream().map(this::inside).toArray(String[]::new);
        return classes()
                .should(
                        com.tngtech.archunit.lang.conditions.ArchConditions.be(
                                describe(
                                        "in one of " + Arrays.toString(known),
                                        (JavaClass c) -> resideInAnyPackage(known).test(c))));
    }

    private String inside(String ring) {
        return root + "." + ring + "..";
    }
}
