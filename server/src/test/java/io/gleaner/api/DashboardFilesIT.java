package io.gleaner.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gleaner.access.NewKey;
import io.gleaner.access.Scope;
import io.gleaner.api.ApiFixture.Answer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The dashboard's files and what only operators see. */
final class DashboardFilesIT {

    private static final String[] BROWSER = {"Accept", "text/html,application/xhtml+xml,*/*;q=0.8"};
    private static final Pattern MAIN = Pattern.compile("/dashboard/[0-9a-f]+/main.js");

    private final ApiFixture api = new ApiFixture(ApiFixture.CONFIG);

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void aBrowserGetsTheDashboardAndToolsTheSignpost() throws Exception {
        Answer page = api.get("/", BROWSER);
        assertThat(page.header("Content-Type")).isEqualTo("text/html; charset=utf-8");
        assertThat(page.header("Content-Security-Policy"))
                .contains("default-src 'none'; script-src 'self'; style-src 'self'")
                .doesNotContain("unsafe");
        assertThat(page.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(page.header("Cache-Control")).isEqualTo("no-cache");
        assertThat(api.get("/", "Accept", "*/*").body()).startsWith("Gleaner");
        assertThat(api.get("/").body()).startsWith("Gleaner");
    }

    @Test
    void filesAreKeptForEverAndAskedForOnce() throws Exception {
        var found = MAIN.matcher(api.get("/", BROWSER).body());
        assertThat(found.find()).isTrue();
        Answer file = api.get(found.group());
        assertThat(file.header("Content-Type")).isEqualTo("text/javascript; charset=utf-8");
        assertThat(file.header("Cache-Control")).contains("immutable");
        assertThat(api.get(found.group(), "Accept-Encoding", "gzip").header("Content-Encoding"))
                .isEqualTo("gzip");
        assertThat(api.get(found.group(), "If-None-Match", file.header("ETag")).status())
                .isEqualTo(304);
        Answer old = api.get("/dashboard/0000000000000000/main.js");
        assertThat(old.status()).isEqualTo(404);
        assertThat(old.text("code")).isEqualTo("no_file");
    }

    @Test
    void whereKeysAreNeededTheFilesAreOpenAndTheOperationIsTheOperators() throws Exception {
        String alice = api.keys.create(NewKey.named("alice").of("a")).secret();
        String operator = api.keys.create(NewKey.named("operator").with(Scope.values())).secret();
        await().until(() -> api.get("/api/jobs").status() == 401);

        assertThat(api.get("/", BROWSER).body()).contains("main.js");
        for (String path : new String[] {"/admin/overview", "/admin/keys"}) {
            assertThat(api.get(path).status()).isEqualTo(401);
            assertThat(api.get(path, "Authorization", "Bearer " + alice).status()).isEqualTo(403);
            assertThat(api.get(path, "Authorization", "Bearer " + operator).status())
                    .isEqualTo(200);
        }
        assertThat(api.get("/admin/keys", "Authorization", "Bearer " + operator).body())
                .contains("\"tenant\":\"a\"")
                .doesNotContain(alice, operator);
    }

    @Test
    void theOverviewTellsOfHostsAndOfWhatWasDone() throws Exception {
        api.submit("overview.example", 3);
        var view = api.get("/admin/overview").json();
        assertThat(view.at("/hosts/0/name").asString()).isEqualTo("overview.example");
        assertThat(view.at("/hosts/0/backlog").asInt()).isEqualTo(3);
        assertThat(view.at("/history/0/requestsPerSecond").isNumber()).isTrue();
        assertThat(view.path("workers").isArray()).isTrue();
    }
}
