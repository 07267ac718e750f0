package io.gleaner.api.jobs;

import io.gleaner.api.wire.BodyReader;
import io.gleaner.api.wire.QueryParams;
import io.gleaner.job.Change;
import io.gleaner.job.FaultCode;
import io.gleaner.store.PageFilter;
import io.gleaner.store.PageFilter.Outcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The parameters that say which pages of a job are wanted, and in what order. */
final class PageParams {

    private static final int URL_LENGTH_MAX = 8_192;
    private static final Map<String, Outcome> OUTCOMES = QueryParams.names(Outcome.class);
    private static final Map<String, Change.Kind> CHANGES = QueryParams.names(Change.Kind.class);
    private static final Map<String, FaultCode> FAULTS = QueryParams.names(FaultCode.class);
    private static final Map<String, Boolean> ORDERS = orders();

    private PageParams() {}

    static PageFilter filter(QueryParams query) {
        String url = query.storable("url", URL_LENGTH_MAX).orElse(null);
        boolean newest = query.choice("order", ORDERS).orElse(false);
        if (url != null && newest) {
            throw BodyReader.refuse("order", "newest", "oldest: pages by url are in their order");
        }
        Change.Kind change = query.choice("change", CHANGES).orElse(null);
        if (change != null) {
            return byChange(query, change);
        }
        return new PageFilter(
                query.choice("outcome", OUTCOMES).orElse(null),
                query.choice("fault", FAULTS).orElse(null),
                status(query),
                url,
                null,
                newest);
    }

    private static PageFilter byChange(QueryParams query, Change.Kind change) {
        for (String other : List.of("outcome", "fault", "status", "url", "order")) {
            if (query.text(other).isPresent()) {
                throw BodyReader.refuse(
                        "change",
                        change.name().toLowerCase(Locale.ROOT),
                        "no change together with " + other);
            }
        }
        return PageFilter.become(change);
    }

    private static @Nullable Integer status(QueryParams query) {
        return query.number("status", 100, 999).map(Long::intValue).orElse(null);
    }

    static Map<String, Boolean> orders() {
        var byName = new LinkedHashMap<String, Boolean>();
        byName.put("oldest", false);
        byName.put("newest", true);
        return byName;
    }
}
