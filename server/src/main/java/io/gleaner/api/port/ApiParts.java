package io.gleaner.api.port;

import io.gleaner.access.AccessKeys;
import io.gleaner.budget.Budgets;
import io.gleaner.cache.Caches;
import io.gleaner.cache.RateLimits;
import io.gleaner.cache.Signals;
import io.gleaner.profile.Profiler;
import io.gleaner.store.Hosts;
import io.gleaner.store.Jobs;
import io.gleaner.store.Overview;
import io.gleaner.store.Pages;
import io.gleaner.store.Schedules;
import io.gleaner.store.Submissions;
import io.gleaner.store.Webhooks;
import io.gleaner.telemetry.Telemetry;
import java.time.InstantSource;

/** What the handlers work with. The server closes none of them. */
public record ApiParts(
        Submissions submissions,
        Jobs jobs,
        Pages pages,
        Hosts hosts,
        Overview overview,
        Webhooks webhooks,
        Schedules schedules,
        AccessKeys keys,
        RateLimits rates,
        Caches caches,
        Signals signals,
        UrlRules rules,
        SiteMapper mapper,
        HostInsight insight,
        Readiness readiness,
        Budgets budgets,
        Telemetry telemetry,
        Profiler profiler,
        InstantSource clock) {}
