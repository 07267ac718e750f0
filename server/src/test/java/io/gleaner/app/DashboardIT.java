package io.gleaner.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.gleaner.access.AccessKeys;
import io.gleaner.access.NewKey;
import io.gleaner.access.Scope;
import io.gleaner.database.Database;
import io.gleaner.database.DatabaseConfig;
import io.gleaner.postgres.TestDatabase;
import io.gleaner.render.Rendering;
import io.gleaner.testing.NodeClients;
import io.gleaner.testing.TestSite;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The dashboard in a real browser, with and without keys: {@code src/test/js/dashboard.mjs}. */
final class DashboardIT {

    private static final String HOSTILE =
            """
            <!doctype html><html><head><title>&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt;</title></head><body>
            <main><h1>Hostile &lt;img src=x onerror=alert(1)&gt;</h1>
            <p>&lt;script&gt;alert(2)&lt;/script&gt; and a <a href="javascript:alert(3)">link of a script</a>,
            <a href="data:text/html,&lt;script&gt;alert(4)&lt;/script&gt;">data</a>, a
            <a href="https://a.example/&quot;onclick=&quot;alert(5)">quote</a> and text enough to be the content of
            this page, which is about nothing but what is done to whoever reads it.</p>
            <p><img src="https://a.example/x.png&quot; onerror=&quot;alert(6)" alt="&quot;&gt;&lt;svg onload=alert(7)&gt;"></p>
            <pre><code>&lt;/code&gt;&lt;/pre&gt;&lt;script&gt;alert(8)&lt;/script&gt;</code></pre>
            <p>[markdown](javascript:alert(9)) ![picture](javascript:alert(10)) &lt;javascript:alert(11)&gt; in its text,
            and again enough of words that nobody takes this for a menu or a footer of the page.</p>
            <script>alert(12)</script></main></body></html>
            """;

    private static TestSite site;

    @BeforeAll
    static void start() {
        site = TestSite.start("0.0.0.0");
        site.route("/hostile", (_, out) -> out.html(HOSTILE));
        site.route("/later", (_, out) -> out.header("Retry-After", "60").status(429));
        for (int i = 0; i < 60; i++) {
            String body =
                    "<title>Plain %1$d</title><main><h1>Plain %1$d</h1><p>Some text of page %1$d.</p></main>"
                            .formatted(i);
            site.route("/plain/" + i, (_, out) -> out.html(body));
        }
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    @Test
    void everyFlowWorksWithoutKeys() throws Exception {
        try (var service = RunningService.patient()) {
            assertThat(run(service)).contains("ok nothing is executed");
        }
    }

    @Test
    void everyFlowWorksWithAKey() throws Exception {
        var access = TestDatabase.shared().fresh();
        String key;
        var config = DatabaseConfig.of(access.url(), access.user(), access.password());
        try (var database = Database.open(config, new SimpleMeterRegistry())) {
            var wanted = NewKey.named("operator").with(Scope.values());
            key = new AccessKeys(database.requests()).create(wanted).secret();
        }
        try (var service = RunningService.patientOn(access.urlWithUser())) {
            assertThat(run(service, key)).contains("ok nothing is executed");
        }
    }

    private static String run(RunningService service, String... key) throws Exception {
        var arguments =
                new java.util.ArrayList<>(
                        java.util.List.of(
                                Rendering.installed().executable().toString(),
                                service.url(),
                                "http://127.0.0.1:" + site.port(),
                                Path.of("target/dashboard").toAbsolutePath().toString()));
        arguments.addAll(java.util.List.of(key));
        return NodeClients.run("dashboard.mjs", arguments.toArray(String[]::new));
    }
}
