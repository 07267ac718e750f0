package io.gleaner.api.mcp;

import io.gleaner.access.Scope;
import io.gleaner.api.guard.Caller;
import io.gleaner.api.jobs.JobAnswer;
import io.gleaner.api.jobs.JobLists;
import io.gleaner.api.jobs.JobWatch;
import io.gleaner.api.jobs.JobsHandler;
import io.gleaner.api.jobs.PageChunks;
import io.gleaner.api.port.ApiConfig;
import io.gleaner.api.port.ApiParts;
import io.gleaner.api.port.MapAnswer;
import io.gleaner.api.site.MapBody;
import io.gleaner.api.submit.OnePage;
import io.gleaner.api.submit.ScrapeBody;
import io.gleaner.api.submit.StoredCrawls;
import io.gleaner.api.submit.SubmitBody;
import io.gleaner.api.submit.Submitter;
import io.gleaner.api.wire.BodyReader;
import io.gleaner.api.wire.FaultProblem;
import io.gleaner.api.wire.Json;
import io.gleaner.api.wire.Problem;
import io.gleaner.api.wire.ProblemCode;
import io.gleaner.api.wire.QueryParams;
import io.gleaner.budget.Budget;
import io.gleaner.job.Job;
import io.gleaner.job.JobRef;
import io.gleaner.job.Page;
import io.gleaner.job.rendering.Attachment;
import io.gleaner.store.PageFilter;
import io.gleaner.store.StoredAttachment;
import io.gleaner.store.StoredPage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What an assistant may call, each on the parts that the own API works with. */
public final class Tools {

    private static final Set<String> CRAWL_KEYS =
            Set.of(
                    "url",
                    "limit",
                    "maxDepth",
                    "include",
                    "exclude",
                    "sitemap",
                    "subdomains",
                    "external",
                    "ignoreQuery");
    private static final Set<String> PICTURE_KEYS =
            Set.of("fullPage", "selector", "type", "quality");
    private static final Duration WAIT_MAX = Duration.ofSeconds(30);
    private static final int PAGES_DEFAULT = 10;
    private static final int PAGES_MAX = 100;

    /** An assistant cannot take more, and the answer is in memory as text. */
    private static final int PICTURE_BYTES_MAX = 4 << 20;

    private static final int LINKS_CHARS_MAX = PagesText.CHARS_MAX;
    private static final int ID_MAX = 64;

    private final ApiConfig config;
    private final ApiParts parts;
    private final Budget submissions;
    private final Submitter submitter;
    private final OnePage onePage;
    private final JobWatch watch;
    private final JobLists lists;

    public Tools(
            ApiConfig config,
            ApiParts parts,
            Submitter submitter,
            OnePage onePage,
            JobWatch watch,
            JobLists lists) {
        this.config = config;
        this.parts = parts;
        this.submissions = parts.budgets().submissions();
        this.submitter = submitter;
        this.onePage = onePage;
        this.watch = watch;
        this.lists = lists;
    }

    /**
     * @param arguments as JSON writes them
     * @throws io.gleaner.api.wire.ProblemException for what is wrong, in words for the caller
     */
    ToolAnswer call(Caller caller, String name, Object arguments) throws InterruptedException {
        return switch (name) {
            case "scrape" -> scrape(caller, arguments);
            case "map" -> map(caller, arguments);
            case "crawl" -> crawl(caller, arguments);
            case "crawl_status" -> status(caller, arguments);
            case "crawl_pages" -> pages(caller, arguments);
            case "cancel" -> cancel(caller, arguments);
            case "screenshot" -> screenshot(caller, arguments);
            default ->
                    throw new Rpc.Malformed(
                            Rpc.INVALID_PARAMS,
                            ("%s is no tool; accepted: scrape, map, crawl, crawl_status,"
                                            + " crawl_pages, cancel, screenshot")
                                    .formatted(Problem.shorten(name)));
        };
    }

    private static ByteArrayInputStream body(Object arguments) {
        return new ByteArrayInputStream(Json.bytes(arguments));
    }

    /** The arguments with some of them under a key of their own. */
    private static Object nested(Object arguments, String key, Predicate<String> under) {
        if (!(arguments instanceof JsonNode node) || !node.isObject()) {
            return arguments; // To be refused by whoever reads it.
        }
        var outer = new LinkedHashMap<String, Object>();
        var inner = new LinkedHashMap<String, Object>();
        node.propertyStream()
                .forEach(
                        one ->
                                (under.test(one.getKey()) ? inner : outer)
                                        .put(one.getKey(), one.getValue()));
        outer.put(key, inner);
        return outer;
    }

    private ToolAnswer scrape(Caller caller, Object arguments) throws InterruptedException {
        caller.require(Scope.SUBMIT);
        OnePage.Fetched fetched = fetch(caller, arguments);
        var text = new PagesText(0, 0);
        text.add(fetched.page());
        return text.answer(fetched.job().id().toString(), "completed", text.isFull());
    }

    private OnePage.Fetched fetch(Caller caller, Object arguments) throws InterruptedException {
        try (var submission = ScrapeBody.read(body(arguments), parts.rules(), submissions)) {
            OnePage.Fetched fetched = onePage.of(caller.tenant(), submission);
            if (fetched.page().page() instanceof Page.Fault fault) {
                throw FaultProblem.of(fault).raise();
            }
            return fetched;
        }
    }

    private ToolAnswer map(Caller caller, Object arguments) throws InterruptedException {
        caller.require(Scope.SUBMIT);
        return switch (parts.mapper().map(MapBody.read(body(arguments), parts.rules()))) {
            case MapAnswer.Mapped(List<String> links) -> links(links);
            case MapAnswer.NoAnswer none ->
                    throw FaultProblem.of(none.code(), none.detail(), null).raise();
        };
    }

    private static ToolAnswer links(List<String> links) {
        var text = new StringBuilder();
        int told = 0;
        for (String link : links) {
            if (text.length() + link.length() > LINKS_CHARS_MAX) {
                break;
            }
            text.append(link).append('\n');
            told++;
        }
        text.append("[%d of %d URLs".formatted(told, links.size()))
                .append(told < links.size() ? "; narrow it with search]" : "]");
        var counts = new LinkedHashMap<String, @Nullable Object>();
        counts.put("links", links.subList(0, told));
        counts.put("total", links.size());
        return ToolAnswer.text(text.toString(), counts);
    }

    private ToolAnswer crawl(Caller caller, Object arguments) {
        caller.require(Scope.SUBMIT);
        Object whole = nested(arguments, "crawl", CRAWL_KEYS::contains);
        try (var submission =
                SubmitBody.read(
                        body(whole),
                        parts.rules(),
                        config.urlsMax(),
                        submissions,
                        new StoredCrawls(
                                parts.jobs(), parts.pages(), parts.rules(), caller.tenant()))) {
            Job job = submitter.stored(caller.tenant(), submission, null);
            var told = new LinkedHashMap<String, @Nullable Object>();
            told.put("id", job.id().toString());
            return ToolAnswer.text(
                    "[job %s has begun; crawl_status says how far it is, crawl_pages has its pages]"
                            .formatted(job.id()),
                    told);
        }
    }

    private ToolAnswer status(Caller caller, Object arguments) throws InterruptedException {
        var id = new UUID[1];
        var wait = new Duration[] {Duration.ZERO};
        read(
                arguments,
                (body, keys) -> {
                    keys.put("id", path -> id[0] = id(body, path));
                    keys.put(
                            "wait", path -> wait[0] = body.duration(path, Duration.ZERO, WAIT_MAX));
                });
        var ref = new JobRef(caller.tenant(), given(id[0]));
        JobAnswer job = JobsHandler.found(ref.id(), watch.await(ref, JobAnswer::isFinal, wait[0]));
        var structured = new LinkedHashMap<String, @Nullable Object>();
        Json.tree(new ByteArrayInputStream(job.json()))
                .propertyStream()
                .forEach(one -> structured.put(one.getKey(), one.getValue()));
        return ToolAnswer.text(new String(job.json(), StandardCharsets.UTF_8), structured);
    }

    private ToolAnswer pages(Caller caller, Object arguments) throws InterruptedException {
        var id = new UUID[1];
        var cursor = new int[2];
        var limit = new int[] {PAGES_DEFAULT};
        read(
                arguments,
                (body, keys) -> {
                    keys.put("id", path -> id[0] = id(body, path));
                    keys.put(
                            "cursor", path -> cursor[0] = body.integer(path, 0, Integer.MAX_VALUE));
                    keys.put(
                            "offset", path -> cursor[1] = body.integer(path, 0, Integer.MAX_VALUE));
                    keys.put("limit", path -> limit[0] = body.integer(path, 1, PAGES_MAX));
                });
        var ref = new JobRef(caller.tenant(), given(id[0]));
        Job job = JobsHandler.found(ref.id(), parts.jobs().find(ref));
        var text = new PagesText(cursor[0], cursor[1]);
        boolean cut = false;
        try (var chunks =
                new PageChunks(
                        parts.pages(),
                        job.id(),
                        PageFilter.ALL,
                        cursor[0],
                        limit[0],
                        parts.budgets().streams())) {
            for (var chunk = chunks.next(); !chunk.isEmpty() && !cut; chunk = chunks.next()) {
                long chars = 0;
                for (StoredPage page : chunk) {
                    if (text.isFull()) {
                        cut = true;
                        break;
                    }
                    text.add(page);
                    chars += PagesText.CHARS_MAX;
                }
                chunks.wrote(chunk.size(), chars);
            }
        }
        boolean more = cut || text.isFull() || !job.state().isFinal() || text.cursor() < job.done();
        String state = job.state().name().toLowerCase(Locale.ROOT);
        return text.answer(job.id().toString(), state, more);
    }

    private ToolAnswer cancel(Caller caller, Object arguments) {
        caller.require(Scope.SUBMIT);
        var id = new UUID[1];
        read(arguments, (body, keys) -> keys.put("id", path -> id[0] = id(body, path)));
        var ref = new JobRef(caller.tenant(), given(id[0]));
        Job job =
                JobsHandler.found(
                        ref.id(),
                        parts.jobs().find(ref).flatMap(own -> parts.jobs().cancel(own.id())));
        lists.changed();
        parts.signals().jobChanged(job.id());
        var told = new LinkedHashMap<String, @Nullable Object>();
        told.put("id", job.id().toString());
        told.put("state", job.state().name().toLowerCase(Locale.ROOT));
        return ToolAnswer.text("[job %s is %s]".formatted(job.id(), told.get("state")), told);
    }

    private ToolAnswer screenshot(Caller caller, Object arguments) throws InterruptedException {
        caller.require(Scope.SUBMIT);
        Object whole = nested(arguments, "screenshot", PICTURE_KEYS::contains);
        if (whole instanceof Map<?, ?> given) {
            var rendered = new LinkedHashMap<Object, @Nullable Object>(given);
            rendered.put("render", "always");
            whole = rendered;
        }
        OnePage.Fetched fetched = fetch(caller, whole);
        StoredAttachment taken =
                parts.pages()
                        .attachment(fetched.job().id(), fetched.page().seq(), Attachment.SCREENSHOT)
                        .orElseThrow(
                                () ->
                                        Problem.of(
                                                        ProblemCode.NO_ATTACHMENT,
                                                        "no picture was taken of it")
                                                .raise());
        if (taken.bytes() > PICTURE_BYTES_MAX) {
            return ToolAnswer.refused(
                    ("the picture has %d bytes; accepted: at most %d, as type jpeg with a quality"
                                    + " of 60 or of a selector may have")
                            .formatted(taken.bytes(), PICTURE_BYTES_MAX));
        }
        try (var hold = parts.budgets().streams().hold()) {
            hold.awaitAtLeast(PICTURE_BYTES_MAX);
            var image = new ByteArrayOutputStream(taken.bytes());
            taken.writeTo(image);
            return ToolAnswer.picture(taken.mediaType(), image.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Keys {
        void add(BodyReader body, SequencedMap<String, BodyReader.Value> keys);
    }

    private static void read(Object arguments, Keys named) {
        BodyReader.read(
                body(arguments),
                body -> {
                    var keys = new LinkedHashMap<String, BodyReader.Value>();
                    named.add(body, keys);
                    body.object("", keys);
                });
    }

    private static UUID id(BodyReader body, String path) {
        return QueryParams.uuid(path, body.string(path, ID_MAX));
    }

    private static UUID given(@Nullable UUID id) {
        if (id == null) {
            throw Problem.of(
                            ProblemCode.MISSING_VALUE,
                            "id is missing; accepted: the id that crawl or scrape answered")
                    .raise();
        }
        return id;
    }
}
