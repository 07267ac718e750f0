package io.gleaner.job;

/** Why a URL gave no page. The names are stable: they are stored, answered and counted. */
public enum FaultCode {
    ROBOTS_DISALLOWED("robots.txt forbids this URL to us"),
    ROBOTS_UNREACHABLE("robots.txt could not be read, which forbids the whole host for a while"),
    CRAWL_DELAY_TOO_LONG("robots.txt asks for a longer crawl delay than the setting allows"),
    FORBIDDEN_ADDRESS("the URL leads to an address that the address guard refuses"),
    UNSUPPORTED_SCHEME("only http and https are fetched"),
    INVALID_URL("the URL cannot be parsed"),
    DNS_FAILURE("the host name could not be resolved"),
    CONNECT_FAILURE("no connection to the host"),
    CONNECT_TIMEOUT("the host did not accept a connection in time"),
    TLS_FAILURE("no TLS session with the host"),
    FIRST_BYTE_TIMEOUT("the host accepted the request and did not answer in time"),
    TIMEOUT("the whole attempt took too long"),
    CONNECTION_RESET("the connection broke in the middle"),
    PROTOCOL_ERROR("the answer is not valid HTTP"),
    TRUNCATED_BODY("the body ended early"),
    BAD_ENCODING("the body is not what its Content-Encoding says"),
    BODY_TOO_LARGE("the body is over the size limit, as sent or once decompressed"),
    EMPTY_BODY("the answer has no body"),
    BINARY_BODY("the body is binary although its type says text"),
    UNSUPPORTED_CONTENT_TYPE("the content type is not one that is parsed"),
    REDIRECT_LOOP("the redirects come back to a URL already seen"),
    TOO_MANY_REDIRECTS("more redirects than the limit"),
    BAD_REDIRECT("a redirect without a usable Location"),
    NOT_MODIFIED("the host answered 304, and there is no page of ours that it could stand for"),
    REDIRECTED_OUT("the URL is inside the crawl and leads to one that is outside"),
    DUPLICATE("the page is another one of this crawl under another URL"),
    NOINDEX("the page asks not to be kept"),
    HTTP_CLIENT_ERROR("the host answered 4xx"),
    HTTP_SERVER_ERROR("the host answered 5xx"),
    THROTTLED("the host kept answering 429 or 503 for longer than our patience"),
    EXTRACTION_FAILED("the page could not be extracted within its limits of work, size and time"),
    ENCRYPTED_DOCUMENT("the document asks for a password"),
    RENDER_UNAVAILABLE("there is no browser here that renders it"),
    RENDER_TIMEOUT("the page kept the browser busy, or loading, until its time was over"),
    RENDER_CRASHED(
            "the page's process in the browser ended: a crash, or no memory for its scripts"),
    RENDER_OUT_OF_MEMORY("the page took more memory than a page may"),
    RENDER_TOO_LARGE("the page, with all that it loads, is over the limits of rendering"),
    ACTION_FAILED("an action of the job could not be done on the page"),
    WORKER_LOST("every worker that had this URL in hand died"),
    INTERNAL_ERROR("a bug in Gleaner; the log has the stack trace");

    private final String meaning;

    FaultCode(String meaning) {
        this.meaning = meaning;
    }

    /** Whether the page was left out on purpose, which is no failure. */
    public boolean leavesOut() {
        return this == REDIRECTED_OUT || this == DUPLICATE || this == NOINDEX;
    }

    /** One clause for people, without a full stop. */
    public String meaning() {
        return meaning;
    }
}
