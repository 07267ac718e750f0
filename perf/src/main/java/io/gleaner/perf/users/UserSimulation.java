package io.gleaner.perf.users;

import static io.gatling.javaapi.core.CoreDsl.StringBody;
import static io.gatling.javaapi.core.CoreDsl.asLongAs;
import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.jsonPath;
import static io.gatling.javaapi.core.CoreDsl.percent;
import static io.gatling.javaapi.core.CoreDsl.rampUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.randomSwitch;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;

import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.OpenInjectionStep;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.core.Simulation;
import io.gatling.javaapi.http.HttpProtocolBuilder;
import io.gatling.javaapi.http.HttpRequestActionBuilder;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The workload model: what a hundred users who arrive do.
 *
 * <ul>
 *   <li>50 submit one URL, ask for its state after 0.2, 0.4, 0.8 ... s until it has ended, and read
 *       its page;
 *   <li>20 scrape one of a few popular pages again, good for an hour ({@code maxAge});
 *   <li>10 submit a batch of 20 URLs, wait for its end by long polls and read its pages as a
 *       stream;
 *   <li>10 look through the list of jobs, two pages of it, with a think time of 1 to 3 s;
 *   <li>5 crawl 30 pages, wait by long polls and read them as a stream;
 *   <li>5 submit a batch of 50 URLs, think again and cancel it.
 * </ul>
 */
public final class UserSimulation extends Simulation {

    private static final int BATCH = 20;
    private static final int CANCELLED_BATCH = 50;
    private static final int CRAWL_PAGES = 30;
    private static final int POLLS_MAX = 12;
    private static final int LONG_POLLS_MAX = 12;
    private static final String ID = "id";
    private static final String STATE = "state";
    private static final String POLL = "poll";
    private static final String RUNNING = "running";
    private static final Duration FIRST_POLL = Duration.ofMillis(200);
    private static final Duration LONGEST_POLL = Duration.ofSeconds(5);

    private final UserPlan plan = UserPlan.read();
    private final AtomicInteger next = new AtomicInteger();

    /** Gatling makes one by this constructor. */
    public UserSimulation() {
        setUp(
                scenario("users")
                        .stopLoadGeneratorIf(
                                session -> "it was asked to stop", session -> UserMain.stopped())
                        .exec(
                                randomSwitch()
                                        .on(
                                                percent(50).then(one()),
                                                percent(20).then(again()),
                                                percent(10).then(batch()),
                                                percent(10).then(lister()),
                                                percent(5).then(crawl()),
                                                percent(5).then(cancel())))
                        .injectOpen(
                                plan.steps().stream()
                                        .map(UserSimulation::arrivals)
                                        .toArray(OpenInjectionStep[]::new))
                        .protocols(protocol()));
    }

    private static OpenInjectionStep arrivals(Step step) {
        return step.from() == step.to()
                ? constantUsersPerSec(step.from()).during(step.time()).randomized()
                : rampUsersPerSec(step.from()).to(step.to()).during(step.time()).randomized();
    }

    private HttpProtocolBuilder protocol() {
        HttpProtocolBuilder protocol =
                http.baseUrl(plan.service())
                        .disableWarmUp()
                        .disableCaching()
                        .shareConnections()
                        .acceptHeader("application/json")
                        .contentTypeHeader("application/json");
        return plan.key().isEmpty()
                ? protocol
                : protocol.authorizationHeader("Bearer " + plan.key());
    }

    private ChainBuilder one() {
        return exec(submit(Requests.SUBMIT, 1))
                .exitHereIfFailed()
                .exec(session -> session.set(STATE, RUNNING).set(POLL, 0))
                .exec(
                        asLongAs(session -> runs(session) && session.getInt(POLL) < POLLS_MAX)
                                .on(
                                        exec(session -> session.set(POLL, session.getInt(POLL) + 1))
                                                .pause(UserSimulation::backOff)
                                                .exec(
                                                        get(Requests.STATUS, "/api/jobs/#{id}")
                                                                .check(state()))))
                .exec(get(Requests.PAGES, "/api/jobs/#{id}/pages"));
    }

    private ChainBuilder batch() {
        return exec(submit(Requests.SUBMIT_BATCH, BATCH)).exitHereIfFailed().exec(awaitAndStream());
    }

    private ChainBuilder crawl() {
        return exec(http(Requests.SUBMIT_CRAWL)
                        .post("/api/jobs")
                        .requestTimeout(plan.longest())
                        .body(
                                StringBody(
                                        session ->
                                                "{\"crawl\":{\"url\":\"%s\",\"limit\":%d,\"external\":true,\"sitemap\":\"skip\"}}"
                                                        .formatted(url(), CRAWL_PAGES)))
                        .check(status().in(200, 202), jsonPath("$.id").saveAs(ID)))
                .exitHereIfFailed()
                .exec(awaitAndStream());
    }

    private ChainBuilder cancel() {
        return exec(submit(Requests.SUBMIT_BATCH, CANCELLED_BATCH))
                .exitHereIfFailed()
                .pause(Duration.ofMillis(100), Duration.ofMillis(500))
                .exec(
                        http(Requests.CANCEL)
                                .delete("/api/jobs/#{id}")
                                .requestTimeout(plan.longest())
                                .check(status().is(200)));
    }

    private ChainBuilder lister() {
        return exec(get(Requests.LIST, "/api/jobs?limit=20")
                        .check(jsonPath("$.next").ofString().optional().saveAs("next")))
                .pause(Duration.ofSeconds(1), Duration.ofSeconds(3))
                .doIf(session -> session.contains("next"))
                .then(get(Requests.LIST, "/api/jobs?limit=20&cursor=#{next}"));
    }

    private ChainBuilder again() {
        return exec(
                http(Requests.SCRAPE)
                        .post("/api/scrape")
                        .requestTimeout(plan.longest())
                        .body(
                                StringBody(
                                        session ->
                                                "{\"url\":\"%s\",\"maxAge\":\"1h\"}"
                                                        .formatted(popularUrl())))
                        .check(status().is(200)));
    }

    private ChainBuilder awaitAndStream() {
        return exec(session -> session.set(STATE, RUNNING).set(POLL, 0))
                .exec(
                        asLongAs(session -> runs(session) && session.getInt(POLL) < LONG_POLLS_MAX)
                                .on(
                                        exec(session -> session.set(POLL, session.getInt(POLL) + 1))
                                                .exec(
                                                        get(
                                                                        Requests.LONG_POLL,
                                                                        "/api/jobs/#{id}?wait=5s")
                                                                .check(state()))))
                .exec(
                        get(Requests.STREAM, "/api/jobs/#{id}/pages")
                                .header("Accept", "application/x-ndjson"));
    }

    private static io.gatling.javaapi.core.CheckBuilder state() {
        return jsonPath("$.state").saveAs(STATE);
    }

    private HttpRequestActionBuilder get(String name, String path) {
        return http(name).get(path).requestTimeout(plan.longest()).check(status().is(200));
    }

    private HttpRequestActionBuilder submit(String name, int urls) {
        return http(name)
                .post("/api/jobs")
                .requestTimeout(plan.longest())
                .body(StringBody(session -> "{\"urls\":[%s]}".formatted(urls(urls))))
                .check(status().in(200, 202), jsonPath("$.id").saveAs(ID));
    }

    private static boolean runs(Session session) {
        return RUNNING.equals(session.getString(STATE));
    }

    /** 0.2, 0.4, 0.8 ... 5 s. */
    private static Duration backOff(Session session) {
        Duration doubled = FIRST_POLL.multipliedBy(1L << (session.getInt(POLL) - 1));
        return doubled.compareTo(LONGEST_POLL) < 0 ? doubled : LONGEST_POLL;
    }

    private String url() {
        List<String> urls = plan.urls();
        return urls.get(Math.floorMod(next.getAndIncrement(), urls.size()));
    }

    private String popularUrl() {
        return plan.urls().get(ThreadLocalRandom.current().nextInt(plan.popular()));
    }

    private String urls(int count) {
        return IntStream.range(0, count)
                .mapToObj(n -> "\"" + url() + "\"")
                .collect(Collectors.joining(","));
    }
}
