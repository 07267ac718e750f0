package io.gleaner.api.wire;

import java.util.Locale;

/** The kinds of problem the API itself answers. The names are stable: clients switch on them. */
public enum ProblemCode {
    BAD_REQUEST(400, "The request cannot be read"),
    MALFORMED_JSON(400, "The body is not valid JSON"),
    UNKNOWN_KEY(400, "The body has a key that is not known"),
    UNKNOWN_PARAMETER(400, "The query has a parameter that is not known"),
    MISSING_VALUE(400, "A value is missing"),
    INVALID_VALUE(400, "A value is not accepted"),
    INVALID_URL(400, "A URL is not accepted"),
    INVALID_ID(400, "The id is not a UUID"),
    KEY_MISSING(401, "A key is needed"),
    KEY_UNKNOWN(401, "The key is not accepted"),
    ADMIN_ONLY(403, "The key may not do this"),
    SCOPE_MISSING(403, "The key is not for this"),
    FORBIDDEN_ADDRESS(403, "The address is forbidden"),
    CROSS_ORIGIN(403, "Web pages of other origins may not do this"),
    UNKNOWN_JOB(404, "There is no such job"),
    UNKNOWN_HOST(404, "There is no such host queue"),
    UNKNOWN_SCHEDULE(404, "There is no such schedule"),
    NO_ATTACHMENT(404, "The page has no such attachment"),
    NO_WEBHOOK(404, "The job has no webhook"),
    NO_FILE(404, "The dashboard has no such file"),
    UNKNOWN_PATH(404, "There is nothing at this path"),
    METHOD_NOT_ALLOWED(405, "The path does not take this method"),
    NOT_ACCEPTABLE(406, "None of the accepted types is to be had"),
    SCRAPE_TIMEOUT(408, "The page did not come in time"),
    IDEMPOTENCY_CONFLICT(409, "The idempotency key was used with another body"),
    IDEMPOTENCY_IN_PROGRESS(409, "A submission with the idempotency key is in progress"),
    PROFILE_RUNNING(409, "Another profile is being recorded"),
    RECORDER_OFF(409, "The flight recorder is off"),
    JOB_CANCELLED(409, "The job was cancelled"),
    SCHEDULE_EXISTS(409, "There is such a schedule, or there are too many"),
    JOB_RUNNING(409, "The job has not ended yet"),
    JOB_ENDED(409, "The job has ended already"),
    SECRETS_GONE(409, "The secrets of the job are gone"),
    URLS_UNKNOWN(409, "The URLs of the job are not known"),
    BODY_TOO_LARGE(413, "The body is too large"),
    TOO_MANY_URLS(413, "There are too many URLs"),
    UNSUPPORTED_MEDIA_TYPE(415, "The content type is not accepted"),
    MISDIRECTED_REQUEST(421, "The Host header names another host"),
    NO_BROWSER(422, "Nothing can be rendered here"),
    NOT_SUPPORTED_YET(422, "This is understood and not supported yet"),
    RATE_LIMITED(429, "The key's rate is used up"),
    TOO_MANY_STREAMS(429, "Too many streams are open"),
    INTERNAL_ERROR(500, "A bug in Gleaner"),
    UNSUPPORTED_CODING(501, "The transfer coding is not accepted"),
    STORE_UNAVAILABLE(503, "The database cannot be used now"),
    BACKLOG_FULL(503, "The backlog is full"),
    OVERLOADED(503, "Too many submissions at once"),
    TOO_MANY_CONNECTIONS(503, "Too many connections at once"),
    SHUTTING_DOWN(503, "The server is shutting down"),
    HTTP_VERSION(505, "This version of HTTP is not served");

    private final int status;
    private final String title;

    ProblemCode(int status, String title) {
        this.status = status;
        this.title = title;
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
